"""Whether a telling says that it happened, and who says so."""

from __future__ import annotations

import pytest

from pipeline.events.status import speaker_of, status_of

STATUS = [
    ("Gunmen attacked Mosul.", "asserted"),
    ("Mosul was attacked.", "asserted"),
    ("U.S. forces carried out two strikes in Syria.", "asserted"),
    ("Police said gunmen attacked Mosul.", "asserted"),
    ("Officials warned after gunmen attacked Mosul.", "asserted"),
    ("The army could attack Rafah.", "hypothetical"),
    ("Rebels may shell Aleppo.", "hypothetical"),
    ("Israel will bomb Beirut.", "hypothetical"),
    ("Drones might have hit the refinery.", "hypothetical"),
    ("If Hezbollah strikes Haifa, talks end.", "hypothetical"),
    ("It is not clear whether gunmen attacked the convoy.", "hypothetical"),
    ("Were rebels to shell Aleppo, talks would end.", "hypothetical"),
    ("If jets bombed Haifa, talks would end.", "hypothetical"),
    ("Marines will storm the ship and shoot two men.", "hypothetical"),
    ("Both armies stopped shelling Aleppo.", "negated"),
    ("Iran vowed to strike Haifa.", "planned"),
    ("Militants threatened to attack Basra.", "planned"),
    ("The militia plans to attack the base.", "planned"),
    ("Militants failed to hit Erbil.", "planned"),
    ("Militants tried to attack the base.", "planned"),
    ("Officials warned of attacks on Mosul.", "planned"),
    ("The general prepared a plan to attack Mosul.", "planned"),
    ("Gunmen did not attack Mosul.", "negated"),
    ("The base was not hit.", "negated"),
    ("The militia denied attacking the base.", "denied"),
    ("The army denied that its jets bombed Homs.", "denied"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_the_words_above_a_telling_say_whether_it_happened(tell, text, status):
    parsed, tellings = tell(text)
    assert status_of(parsed, tellings[0]) == status


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rockets hit Mosul, police said.", "police"),
        ("Police said rockets hit Mosul.", "Police"),
        ("The Israeli military said its fighter jets struck Hamas tunnels in Rafah.", "The Israeli military"),
        ("Rockets hit Mosul, according to the governor.", "the governor"),
        ("Rockets hit Mosul.", ""),
        ("Rockets hit Mosul, he said.", ""),
    ],
)
def test_who_says_so(tell, text, speaker):
    parsed, tellings = tell(text)
    words, token = speaker_of(parsed, tellings[0])
    assert words == speaker
    assert (token is None) == (speaker == "")
