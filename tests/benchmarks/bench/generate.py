"""A seeded generator of facts: events of a hundred sessions with people, reports, figures and quotations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import ceil
from random import Random

from bench.facts import Appearance, Event, Figure, Organization, Person, Quote, Room, Session, World
from bench.words import Writer

SESSIONS_PER_EVENT = 100
PEOPLE_PER_SESSION = 0.6
ORGANIZATIONS_PER_SESSION = 0.15
REPORT_WORDS = 300
_DAYS = 4
_ROOMS = 5
_MOST_PEOPLE = 6
_FIRST_YEAR = 1900
"""Of the first event; there is one a year."""

COUNTRIES = (
    ("BR", "Brazil"), ("DE", "Germany"), ("EG", "Egypt"), ("FI", "Finland"), ("GH", "Ghana"),
    ("IN", "India"), ("JP", "Japan"), ("KE", "Kenya"), ("MX", "Mexico"),
    ("PL", "Poland"), ("TH", "Thailand"), ("UY", "Uruguay"),
)  # fmt: skip
_TYPES = ("workshop", "open forum", "main session", "round table")
_TAGS = ("access", "children", "climate", "languages", "privacy", "schools", "standards", "trade")
_UNITS = ("web pages", "schools", "households", "reports", "countries", "visitors", "devices")
_POSTS = (
    "Director",
    "Secretary General",
    "Policy Adviser",
    "Head of Research",
    "Programme Manager",
    "Engineer",
)


class _Maker:
    def __init__(self, sessions: int, seed: int) -> None:
        self.count = sessions
        self.chance = Random(seed)
        self.writer = Writer(self.chance)

    def world(self) -> World:
        organizations = [self.organization(n) for n in range(ceil(self.count * ORGANIZATIONS_PER_SESSION))]
        people = [self.person(n, organizations) for n in range(ceil(self.count * PEOPLE_PER_SESSION))]
        events: list[Event] = []
        for first in range(0, self.count, SESSIONS_PER_EVENT):
            size = min(SESSIONS_PER_EVENT, self.count - first)
            share = people[ceil(first * PEOPLE_PER_SESSION) : ceil((first + size) * PEOPLE_PER_SESSION)]
            events.append(self.event(len(events), size, share))
        return World(tuple(events), tuple(people), tuple(organizations))

    def organization(self, number: int) -> Organization:
        country, name = self.chance.choice(COUNTRIES)
        return Organization(
            f"org-{number}", self.writer.organization(), country, name, self.writer.sentence(20)
        )

    def person(self, number: int, organizations: list[Organization]) -> Person:
        # Neighbours in the list meet at one event, and so do their organisations.
        place = int(number * len(organizations) / (self.count * PEOPLE_PER_SESSION + 1))
        near = organizations[max(0, place - 8) : place + 8]
        country, name = self.chance.choice(COUNTRIES)
        return Person(
            f"person-{number}",
            self.writer.person(),
            country,
            name,
            f"{self.writer.sentence(14)} {self.writer.sentence(14)}",
            self.chance.choice(near),
            self.chance.choice(_POSTS),
        )

    def event(self, number: int, size: int, people: list[Person]) -> Event:
        start = date(_FIRST_YEAR + number, 6, 1)
        country, name = self.chance.choice(COUNTRIES)
        rooms = tuple(Room(f"room-{n + 1}", f"Room {n + 1}") for n in range(_ROOMS))
        # Nobody is in two rooms at once: each hour's sessions share out the people who are there.
        parallel = max(1, min(_ROOMS, len(people) // _MOST_PEOPLE))
        hours = ceil(size / parallel / _DAYS)
        event = f"forum-{number + 1}"
        sessions: list[Session] = []
        for slot in range(ceil(size / parallel)):
            day, hour = divmod(slot, hours)
            begin = datetime.combine(start + timedelta(days=day), datetime.min.time()) + timedelta(
                minutes=8 * 60 + hour * (15 * 60 // hours)
            )
            free = self.chance.sample(people, len(people))
            for room in rooms[: min(parallel, size - len(sessions))]:
                there = [free.pop() for _ in range(min(len(free), self.chance.randint(4, _MOST_PEOPLE)))]
                end = begin + timedelta(minutes=min(60, 15 * 60 // hours - 1))
                sessions.append(self.session(event, len(sessions) + 1, room, begin, end, there))
        return Event(
            id=event,
            name=f"Forum {number + 1} of the made-up series",
            short_name=f"Forum {number + 1}",
            city=self.writer.surname(),
            country=country,
            country_name=name,
            start=start,
            end=start + timedelta(days=_DAYS - 1),
            description=self.writer.paragraph(40),
            rooms=rooms,
            sessions=tuple(sessions),
        )

    def session(
        self, event: str, number: int, room: Room, start: datetime, end: datetime, people: list[Person]
    ) -> Session:
        chance, writer = self.chance, self.writer
        paragraphs = (70, 80, 80, REPORT_WORDS - 230)
        return Session(
            id=f"s{number}",
            event=event,
            number=f"S{number}",
            title=writer.title(),
            type=chance.choice(_TYPES),
            room=room,
            start=start,
            end=end,
            sdgs=tuple(str(goal) for goal in sorted(chance.sample(range(1, 18), chance.randint(1, 3)))),
            tags=tuple(chance.sample(_TAGS, 2)),
            people=tuple(Appearance(p, "speaker" if n else "moderator") for n, p in enumerate(people)),
            summary=writer.sentence(22),
            report=tuple(writer.paragraph(count) for count in paragraphs),
            figures=tuple(
                Figure(
                    f"figure-{n + 1}",
                    writer.phrase(),
                    f"{chance.randint(2, 90_000):,}",
                    chance.choice(_UNITS),
                    chance.choice(people),
                )
                for n in range(chance.randint(3, 5))
            ),
            quotes=tuple(
                Quote(f"quote-{n + 1}", writer.sentence(15), chance.choice(people))
                for n in range(chance.randint(1, 3))
            ),
            report_by=people[-1],
        )


def generate(sessions: int, *, seed: int = 1) -> World:
    """Return a made-up series of forums with *sessions* sessions; the same seed gives the same facts."""
    return _Maker(sessions, seed).world()
