"""Which month does a word name? Abbreviations and full names in the languages in which files are brought."""

from collections.abc import Mapping

from app.core.sheets.spelling import letters_only

_WORDS = (
    "jan january januar janvier janv enero ene janeiro",
    "feb february februar février févr fév febrero fevereiro fev",
    "mar march märz mrz mars marzo março",
    "apr april avril avr abril abr",
    "may mai mayo maio",
    "jun june juni juin junio junho",
    "jul july juli juillet juil julio julho",
    "aug august août aou agosto ago",
    "sep sept september septembre septiembre setembro set",
    "oct october oktober okt octobre octubre outubro out",
    "nov november novembre noviembre novembro",
    "dec december dezember dez décembre déc diciembre dic dezembro",
)

MONTHS: Mapping[str, int] = {
    letters_only(word): month for month, words in enumerate(_WORDS, start=1) for word in words.split()
}
