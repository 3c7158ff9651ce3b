"""What can be wrong with rules, in sentences: each names the place in the rules that it speaks of."""

from app.core.sentences import N_

RULE_SENTENCES = {
    "attendance.rules_shape": N_("%(path)s: this is not of the form %(shape)s."),
    "attendance.rules_too_many": N_("%(path)s: keep at most %(most)s."),
    "attendance.rules_unknown_name": N_("%(path)s: this name means nothing here. Take it out."),
    "attendance.rules_schema": N_("These rules are of another form. Give the schema %(known)s."),
    "attendance.rules_missing": N_("%(path)s: something must stand here."),
    "attendance.rules_too_long": N_("%(path)s: please keep it under %(limit)s characters."),
    "attendance.rules_bad_key": N_("%(path)s: use small letters, digits and hyphens, a letter first."),
    "attendance.rules_unknown_word": N_("%(path)s: choose one of %(known)s."),
    "attendance.rules_number": N_("%(path)s: give a number from %(least)s to %(most)s, such as 2 or 1/2."),
    "attendance.rules_whole_number": N_("%(path)s: give a whole number from %(least)s to %(most)s."),
    "attendance.rules_unknown_measure": N_("%(path)s: choose a measure that stands before."),
    "attendance.rules_twice": N_("%(path)s: %(key)s stands here twice."),
    "attendance.rules_near": N_("%(path)s: “close to it” must come before “may be reviewed”."),
}
