# ruff: noqa: SIM905  (a text of words is easier to read than a list of them)
"""Words for made-up names and reports: English stems and endings, so that a stemmer has what it expects."""

from __future__ import annotations

from itertools import accumulate
from random import Random

_SMALL = (
    "the of and to a in that for on with as by from this at which be are was were had has not but they "
    "their its also more than over all some most other such when while where because between among after "
    "before during through"
).split()
_STEMS = (
    "govern report network connect region develop access child protect secur privat regulat standard polic "
    "educat invest market operat resourc languag content platform commun societ industr scienc research "
    "journal elect justic employ health climat energ transport trad custom tax bank credit insur innovat "
    "design test measur count compar estimat observ record publish archiv translat interpret moderat chair "
    "present discuss question answer object support reject accept defend attack warn advis train teach learn "
    "build repair maintain replac extend limit expand reduc improv monitor inspect certif licens register "
    "identif authentic encrypt filter block remov restor notif complain appeal negotiat coordinat consult "
    "collaborat particip represent includ exclud listen speak writ read print broadcast stream download "
    "exchang rout address domain server client protocol cabl satellit antenn spectrum signal frequenc "
    "villag cit countr contin island mountain river harbour farm school librar hospital court parliament "
    "minist mayor citizen worker student teacher parent elder youth famil neighbour partner donor founder"
).split()
_ENDINGS = (
    "",
    "s",
    "ing",
    "ed",
    "er",
    "ers",
    "ation",
    "ations",
    "al",
    "ity",
    "ment",
    "ive",
    "able",
    "ism",
    "ist",
)

_FIRST = (
    "Adaeze Bohdan Chiara Dimitri Eleni Farida Gustavo Hanneke Ibrahim Jelena Kwabena Lucinda Mahmoud "
    "Nadezhda Oluwaseun Priyanka Quentin Rosalind Siobhan Takeshi Ulrike Valentina Wolfgang Xiomara Yevgenia "
    "Zacharias Anneliese Bartholomew Constantin Dagmar Evangelos Florentina Giuseppe "
    "Hyacinth Ingeborg Joaquin"
).split()
_SYLLABLES = (
    "bar bel bor dan del dor fal fen gar gel hol jor kal kel kor lan lem lor mal mer mor nal ner nor pal "
    "per ral ren ros sal sel sor tal ter tor val ven vor wal wes yor zan zel"
).split()
_TAILS = (
    "ado",
    "bach",
    "czyk",
    "escu",
    "ford",
    "gaard",
    "hauser",
    "idze",
    "kova",
    "mund",
    "ngwe",
    "opoulos",
    "quist",
    "rra",
)


def vocabulary() -> list[str]:
    """Return some 2,500 word forms, always the same."""
    return [stem + ending for stem in _STEMS for ending in _ENDINGS]


class Writer:
    """Writes sentences and names from a seeded source of chance."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._words = vocabulary()
        # Few words are frequent and most are rare, as in any language.
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        self._chance.shuffle(self._words)
        self._names: set[str] = set()

    def words(self, count: int) -> list[str]:
        """Return *count* words, a third of them small ones."""
        content = self._chance.choices(self._words, cum_weights=self._weights, k=count)
        return [self._chance.choice(_SMALL) if self._chance.random() < 0.35 else word for word in content]

    def sentence(self, count: int) -> str:
        """Return a sentence of *count* words."""
        words = self.words(count)
        return " ".join([words[0].capitalize(), *words[1:]]) + "."

    def paragraph(self, count: int) -> str:
        """Return a paragraph of *count* words, with a word in emphasis."""
        sentences = []
        while count > 0:
            length = min(count, self._chance.randint(9, 21))
            sentences.append(self.sentence(length))
            count -= length
        words = " ".join(sentences).split(" ")
        place = self._chance.randrange(len(words))
        if words[place].isalpha():
            words[place] = f"*{words[place]}*"
        return " ".join(words)

    def title(self) -> str:
        """Return a title of five to nine words."""
        return " ".join(self.words(self._chance.randint(5, 9))).capitalize()

    def phrase(self) -> str:
        """Return what a figure counts."""
        return " ".join(self.words(self._chance.randint(4, 8)))

    def _new(self, make: str) -> str:
        while make in self._names:
            make += self._chance.choice(_SYLLABLES)
        self._names.add(make)
        return make

    def surname(self) -> str:
        """Return a family name that nobody else has."""
        parts = self._chance.choices(_SYLLABLES, k=3)
        return self._new("".join(parts).capitalize() + self._chance.choice(_TAILS))

    def person(self) -> str:
        """Return the name of a person."""
        return f"{self._chance.choice(_FIRST)} {self.surname()}"

    def organization(self) -> str:
        """Return the name of an organisation."""
        kind = self._chance.choice(("Institute", "Foundation", "Network", "Council", "Agency", "Observatory"))
        return f"{self.surname()} {kind}"
