"""The kinds of warning, each with a subtype that a site can silence by itself.

``suppress_warnings = ["rapporteur.room-overlap"]`` in ``conf.py`` silences one kind,
``["rapporteur"]`` all of them. The reference page of the documentation is made from this enum.
"""

from __future__ import annotations

from enum import Enum

WARNING_TYPE = "rapporteur"


class Subtype(Enum):
    """What a finding is about: its subtype, whether it is an error, and what it means."""

    # --- errors: something is left out of the site
    UNREADABLE = (
        "unreadable",
        True,
        "A file cannot be read: permissions, not UTF-8, not a regular file, a link out of the folder.",
    )
    SYNTAX = ("syntax", True, "A file is not valid YAML, JSON or TOML.")
    LIMIT = (
        "limit",
        True,
        "A file or a record exceeds one of the limits on size, depth, aliases or records.",
    )
    UNKNOWN_KIND = (
        "unknown-kind",
        True,
        "A file lies in a folder that names no kind of record, or another kind than that of its keys.",
    )
    UNKNOWN_KEY = ("unknown-key", True, "A key is not in the data format; keys of your own start with `x-`.")
    NO_RECORDS = ("no-records", True, "The data folder holds no record, so that there are no pages.")
    DUPLICATE_KEY = ("duplicate-key", True, "A mapping has the same key twice.")
    DUPLICATE_ID = ("duplicate-id", True, "Two records of a kind, or two parts of a record, have one id.")
    BAD_ID = ("bad-id", True, "An id is not lower-case ASCII letters, digits and single hyphens.")
    VALUE = ("value", True, "A value is not what its field takes, or a required one is missing.")
    REFERENCE = ("reference", True, "A field names a record that does not exist.")
    TIME_ORDER = ("time-order", True, "Something ends before it starts.")
    HOST = (
        "host",
        True,
        "A record links to a host that is not among those that the site allows in `rapporteur_link_hosts`.",
    )
    INTERNAL = ("internal", True, "Our own code failed on one record; it was left out. Please report it.")
    # --- warnings: everything is built
    NOT_READ = (
        "not-read",
        False,
        "A file in a folder of records looks like one, but its name has another ending; it is not read.",
    )
    OUTSIDE_EVENT = ("outside-event", False, "A session lies outside the dates of its event.")
    TIME_SOURCE = (
        "time-source",
        False,
        "A time comes from a source that is not among the event's `time_sources`; its clock is unknown.",
    )
    AMBIGUOUS = (
        "ambiguous",
        False,
        "A figure such as `68.000` may mean thousands or decimals; it is taken for decimals.",
    )
    NEAR_MISS = ("near-miss", False, "A role is nearly, but not, one of the usual ones.")
    BREAKDOWN = ("breakdown", False, "The parts of an exhaustive breakdown do not add up to the figure.")
    SHARE = ("share", False, "A share is over 100 %.")
    OF_WHAT = ("of-what", False, "A figure in % does not say of what it is a share, or from what it rose.")
    NOT_IN_SESSION = (
        "not-in-session",
        False,
        "A figure, a quotation or an outcome is attributed to somebody who is not listed in the session.",
    )
    PERSON_OVERLAP = ("person-overlap", False, "One person is confirmed in two sessions at the same time.")
    ROOM_OVERLAP = ("room-overlap", False, "Two sessions are in one room at the same time.")
    LOOK_ALIKE = (
        "look-alike",
        False,
        "Two names differ by spelling alone and may be one person or organisation.",
    )
    CONFLICT = ("conflict", False, "Figures for one indicator, period and region disagree.")
    NO_BYLINE = ("no-byline", False, "A final report does not say who wrote it.")
    MARKUP = (
        "markup",
        False,
        "A text uses a construct that record texts may not use; it is shown as it was typed.",
    )
    CHARACTERS = (
        "characters",
        False,
        (
            "A text has invisible or direction-changing characters, which were removed; "
            "or a word of a name mixes scripts whose letters look alike."
        ),
    )
    WITHHELD = (
        "withheld",
        False,
        (
            "A page refers to a record that is withheld, for which neutral text is shown, "
            "or a text names one, which only a person can mend."
        ),
    )
    # --- what was published
    PUBLISHED = (
        "published",
        True,
        "A name or an address that was published is gone and no alias leads to what it became.",
    )
    MEANING = ("meaning", False, "An id that was published stands for something else now.")
    # --- the site's own pages
    OPTION = ("option", True, "A directive's option or argument has a value that is not allowed.")
    ROLE = ("role", True, "A role names something that does not exist, or that several objects could be.")
    DOCNAME = (
        "docname",
        False,
        "A hand-written page has the docname of a generated one and is used instead of it.",
    )
    LAYOUT = ("layout", True, "A page layout cannot be rendered.")
    REMOTE = (
        "remote",
        True,
        "The inventory of another project leads to addresses outside of that project; they are not used.",
    )
    REMOTE_FILE = (
        "remote-file",
        False,
        "The `rapporteur.json` of another project is not what it should be; the rest of it is used.",
    )
    SETTING = ("setting", True, "A setting in conf.py has a value that is not allowed.")

    def __init__(self, subtype: str, is_error: bool, meaning: str) -> None:  # noqa: FBT001
        self.subtype = subtype
        self.is_error = is_error
        self.meaning = meaning
