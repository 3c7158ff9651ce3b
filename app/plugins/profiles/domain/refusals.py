"""The sentence of every refusal of profiles: what is wrong and what to do next."""

from app.core.sentences import N_

SENTENCES = {
    "profiles.too_long": N_("Please shorten this to %(most)s characters; it has %(length)s."),
    "profiles.too_many_interests": N_(
        "Choose the %(most)s interests that people should ask you about; here are %(count)s."
    ),
    "profiles.interest_too_long": N_(
        "Put commas between your interests, and keep each to %(most)s characters."
    ),
    "profiles.changed_meanwhile": N_(
        "Your profile was changed in another window. What you typed stands below; save it again to keep it."
    ),
    "profiles.photo_unreadable": N_(
        "This file cannot be read as a picture. Choose a photo as your phone or camera keeps it: JPEG, PNG or WebP."
    ),
    "profiles.photo_too_large": N_(
        "This picture is larger than any photo. Choose another one, or make it smaller first."
    ),
    "profiles.photo_too_small": N_("This picture is too small to see a face in. Choose a larger one."),
    "profiles.sound_unknown": N_(
        "This file cannot be played everywhere. Record it here, or choose a WebM, Ogg or M4A file."
    ),
    "profiles.sound_too_large": N_(
        "This recording is too large: %(kilobytes)s kB. Your name takes a few seconds; keep it under %(most)s kB."
    ),
    "profiles.sound_too_long": N_(
        "This recording lasts %(seconds)s seconds. Your name takes a few; keep it under %(most)s."
    ),
}
