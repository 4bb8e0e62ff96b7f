"""The classes of the Korean Decimal Classification (KDC, 6th edition), down to the hundred divisions."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

CLASSES: dict[str, LazyString] = {
    "0": _("General works"),
    "1": _("Philosophy"),
    "2": _("Religion"),
    "3": _("Social sciences"),
    "4": _("Natural sciences"),
    "5": _("Technology"),
    "6": _("Arts"),
    "7": _("Languages"),
    "8": _("Literature"),
    "9": _("History"),
}
"""First digit → name of the main class."""

DIVISIONS: dict[str, LazyString] = {
    "01": _("Books and bibliography"),
    "02": _("Library science"),
    "03": _("Encyclopaedias"),
    "04": _("Lectures and essays"),
    "05": _("Serials"),
    "06": _("Societies and museums"),
    "07": _("Journalism"),
    "08": _("Collected works"),
    "09": _("Local collections"),
    "11": _("Metaphysics"),
    "12": _("Knowledge and human nature"),
    "13": _("Systems of philosophy"),
    "14": _("Confucian classics"),
    "15": _("Eastern thought"),
    "16": _("Western philosophy"),
    "17": _("Logic"),
    "18": _("Psychology"),
    "19": _("Ethics"),
    "21": _("Comparative religion"),
    "22": _("Buddhism"),
    "23": _("Christianity"),
    "24": _("Taoism"),
    "25": _("Cheondoism"),
    "27": _("Hinduism"),
    "28": _("Islam"),
    "29": _("Other religions"),
    "31": _("Statistics"),
    "32": _("Economics and business"),
    "33": _("Sociology"),
    "34": _("Politics"),
    "35": _("Public administration"),
    "36": _("Law"),
    "37": _("Education"),
    "38": _("Customs and folklore"),
    "39": _("Military science"),
    "41": _("Mathematics"),
    "42": _("Physics"),
    "43": _("Chemistry"),
    "44": _("Astronomy"),
    "45": _("Earth sciences"),
    "46": _("Mineralogy"),
    "47": _("Life sciences"),
    "48": _("Plants"),
    "49": _("Animals"),
    "51": _("Medicine and health"),
    "52": _("Agriculture"),
    "53": _("Engineering and environment"),
    "54": _("Architecture"),
    "55": _("Mechanical engineering"),
    "56": _("Electrical engineering"),
    "57": _("Chemical engineering"),
    "58": _("Manufacturing"),
    "59": _("Home and cooking"),
    "62": _("Sculpture"),
    "63": _("Crafts"),
    "64": _("Calligraphy"),
    "65": _("Painting and design"),
    "66": _("Photography"),
    "67": _("Music"),
    "68": _("Stage and screen"),
    "69": _("Games and sports"),
    "71": _("Korean language"),
    "72": _("Chinese language"),
    "73": _("Japanese language"),
    "74": _("English language"),
    "75": _("German language"),
    "76": _("French language"),
    "77": _("Spanish language"),
    "78": _("Italian language"),
    "79": _("Other languages"),
    "81": _("Korean literature"),
    "82": _("Chinese literature"),
    "83": _("Japanese literature"),
    "84": _("English and American literature"),
    "85": _("German literature"),
    "86": _("French literature"),
    "87": _("Spanish and Portuguese literature"),
    "88": _("Italian literature"),
    "89": _("Other literatures"),
    "91": _("Asia"),
    "92": _("Europe"),
    "93": _("Africa"),
    "94": _("North America"),
    "95": _("South America"),
    "96": _("Oceania"),
    "98": _("Geography and travel"),
    "99": _("Biography"),
}
"""First two digits → name of the division; those that the sixth edition leaves empty are not here."""


def class_name(kdc: str) -> str:
    """The name of the main class that a class number of any length belongs to; empty where there is none."""
    return str(CLASSES.get(kdc[:1], ""))


def class_path(kdc: str) -> str:
    """Main class and division, as a shelf guide has them: `Literature › Korean literature`."""
    names = (CLASSES.get(kdc[:1]), DIVISIONS.get(kdc[:2]))
    return " › ".join(str(name) for name in names if name)


def filter_name(kdc: str) -> str:
    """The name of a class number that somebody filters by: the number stays where it has no name of its own."""
    if len(kdc) == 1:
        return class_name(kdc) or kdc
    name = DIVISIONS.get(kdc[:2]) or CLASSES.get(kdc[:1])
    return f"{kdc} {name}" if name else kdc
