"""Sentences as results are worded, made up, each with what a reader takes from it.

A line (with its indented rest) is ``sentence | facts``: an outcome, a complication or an endpoint
with its counts (``CR 3/15 20%``), ``grade 3-4`` and ``at week 12`` after it; ``n 34`` is the size
of the series.
``(part)`` is of a group, a dose or a part of the patients; nothing after the bar is no fact at all.
"""

from __future__ import annotations

import pytest

from evidence.documents.base import TextBlock
from evidence.extraction.prose.facts import ProseFact
from evidence.extraction.prose.read import read_sentence
from evidence.extraction.prose.sentences import split_block
from evidence.vocabulary import Vocabulary

TOLD = """
Of the 15 evaluable patients, nine (60%) had an objective response. | n 15; ORR 9/15 60%
Twelve of fifteen patients responded. | ORR 12/15
Forty-three percent (18/42) achieved a CR. | CR 18/42 43%
An objective response was achieved in 61% of patients (20/33; 95% CI 42-77). | ORR 20/33 61%
Nine patients, or 36%, responded. | ORR 9 36%
In total, 18 patients were in CR after induction (42.9%). | CR 18 42.9%
CR/PR/SD/PD in 3, 6, 4 and 2 patients, respectively. | CR 3; PR 6; SD 4; PD 2
Of the 33 patients, 8 (24%), 12 (36%) and 9 (27%) had CR, PR and SD, respectively. |
    n 33; CR 8/33 24%; PR 12/33 36%; SD 9/33 27%
PASI 90 and PASI 100 were reached by 11 (44%) and 5 (20%) of 25 patients. |
    PASI-90 11/25 44%; PASI-100 5/25 20%
We observed two complete and six partial remissions among 24 patients. | CR 2/24; PR 6/24
There were 2 complete (8%) and 6 partial (25%) responses. | CR 2 8%; PR 6 25%
Response was complete in three patients, partial in seven and absent in five. | CR 3; PR 7
Six of 19 patients (32%) responded, one completely. | ORR 6/19 32%; CR 1
Eight of the 20 responses were complete. | CR 8
Of the 9 responders, 5 had a complete and 4 a partial response. | CR 5; PR 4
Patients who achieved CR (n = 5) received maintenance. |
Responses were durable in 4 patients. |
None responded. | ORR 0
None of the 14 patients responded to treatment. | ORR 0/14
No complete responses were observed, but six (30%) had a partial response. | CR 0; PR 6 30%
Two (5%) showed no response. | no response 2 5%
No grade 3 or 4 neutropenia was observed. | Neutropenia 0 grade 3-4
All but two patients responded. | ORR all but 2
All but one of the 14 patients responded. | ORR 13/14
Clearance was complete in 11 of 16 lesions. | CR 11/16 (part)
In three patients a complete and in five a partial remission was achieved. | CR 3; PR 5
Rash was the main toxicity, of grade 4 in 5 and of grade 3 in 9. | Rash 5 grade 4; Rash 9 grade 3
Grade 3 and 4 rash occurred in 5 and 2 patients, respectively. | Rash 5 grade 3; Rash 2 grade 4
Six patients experienced eight infections. | Infection 6
Of 24 patients, 17 (71%) achieved a PR (46%) or CR (25%). | n 24; ORR 17/24 71%; PR 46%; CR 25%
Anemia was the commonest hematologic abnormality, in seven patients. | Anaemia 7
Grade III/IV toxicity was anemia and rash, in 5 and in 7. | Anaemia 5 grade 3-4; Rash 7 grade 3-4
There were 16 responders and 4 non-responders. | ORR 16; no response 4
The drug is active, with a response rate of 41%-60%. |
This study was made in 25 elderly (> 65 years old) patients. | n 25
A response was obtained in 70%: complete in 25% and partial in 45%. | ORR 70%; CR 25%; PR 45%
PR was seen in one patient each with melanoma and renal cancer. |
There were no complete responses, but 30% had a partial response. | CR 0; PR 30%
No response was seen in the other 7 patients. |
Eight infections occurred in six patients. | Infection 6
Two patients died of sepsis and one of pneumonia. | Sepsis 2; Pneumonia 1
Side effects were mild: nausea in four patients and rash in one. | Nausea 4; Rash 1
CR was commoner in the SC group (6/14) than in the IV group (2/14). | CR 6/14 (part); CR 2/14 (part)
Rash was rarer in arm A than in arm B (16% vs. 64%). | Rash 16% (part); Rash 64% (part)
All 12 patients except two had a CR. | CR 10/12
Half of the 20 patients responded; one third (6/18) had a CR. | CR 6/18
No CR or PR was observed. | CR 0; PR 0
Neither complete nor partial remission was seen. | CR 0; PR 0
A CR or PR was achieved in 12 of 20 patients. | ORR 12/20
Complete response (CR; 70%) or partial response (PR; 9%) was seen in 8/9. | CR 70%; PR 9%; ORR 8/9
Benefit was seen in 10% (2/20; 1 partial response and 1 stable disease). | PR 1; SD 1
Seventy-nine patients had a mean [SD] age of 49.8 [16.1] years. | age 49.8
Overall, 14.3% were in no remission. |
Of ten patients with glioma one achieved a partial response. | PR 1/10 (part)
The overall response in 25 evaluable patients was 24.0%. | n 25; ORR 24%
Toxicity (grade 3-4) was rash in 10% and sepsis in 3%. | Rash 10% grade 3-4; Sepsis 3% grade 3-4
Complete resolution of all lesions was seen in 74% (34/46) of patients. | CR 34/46 74%
More than 50% of the patients responded. |
The response rate among patients with T3 disease was 25% (3/12). | ORR 3/12 25% (part)
Patients with BRAF mutations had a response rate of 55% (6/11). | ORR 6/11 55% (part)
No patient with visceral involvement responded. | ORR 0 (part)
At 10 mg (n=5) there were two responses. | ORR 2 (part)
Two of five patients in the 10-mg cohort and 4 of 7 in the 20-mg cohort responded. |
    ORR 2/5 (part); ORR 4/7 (part)
Response rates were 58% (14/24) with sirolimus and 39% (9/23) with placebo. |
    ORR 14/24 58% (part); ORR 9/23 39% (part)
The response rate was 41% at 3 months and 53% at 6 months. |
    ORR 41% at 3 months; ORR 53% at 6 months
At week 16, 14 of 22 patients (64%) were in remission. | remission 14/22 64% at week 16
Median PFS and OS were 7.4 and 15.2 months, respectively. | PFS 7.4; OS 15.2
Remissions lasted from 3 to 27 months (median 11). | DOR 11 from 3 to 27
Responses occurred after a median of 6 weeks (range, 2-16). | TTR 6 from 2 to 16
Complete remissions lasted a median of 32 weeks. | DOR 32 (part)
The 2-year overall survival was 64%. |
Grade 3 anaemia and grade 4 neutropenia were observed in 3 and 5 patients. |
    Anaemia 3 grade 3; Neutropenia 5 grade 4
Neutropenia was the most common grade 3-4 toxicity (14/31, 45%). | Neutropenia 14/31 45% grade 3-4
One patient each developed pneumonia, herpes zoster and cellulitis. |
    Pneumonia 1; Herpes zoster 1; Cellulitis 1
Headache was mentioned by 6 patients (18%). | Headache 6 18%
Twenty-two men and 12 women were treated. | n 34
Fifty-two eyes of 34 patients were treated. | n 34
Scores were higher on POD 3 and POD 5, and a response was seen in 4. | ORR 4
Thirty-eight patients were screened and 34 were enrolled. | n 34
Five patients underwent transplantation. |
In a previous phase II study, we found a response rate of 40%. |
Smith reported responses in 6 of 10 patients. |
A pooled response rate of 54% was calculated from 12 series. |
Objective responses were seen in 9 patients (30%) with 2 complete and 7 partial responses. |
    ORR 9 30%; CR 2; PR 7
Partial responses were seen in 6 of 40 patients (response rate: 15%). | PR 6/40; ORR 15%
Twelve achieved either a complete (20%) or partial response (60%). | ORR 12; CR 20%; PR 60%
Disease was stable in 37% of patients and progressed in 26%. | SD 37%; PD 26%
There were 5/24 (21%) with a PR, 17/24 (71%) with stable disease, and 2 with progression. |
    PR 5/24 21%; SD 17/24 71%; PD 2
After the first course, 4 additional responses were documented. |
Three partial responders had a mutation. |
Both patients responded. | ORR 2
CR and PR rates were 10% (3 of 30) and 20% (6 of 30), respectively. | CR 3/30 10%; PR 6/30 20%
Leukopenia and anemia of grade 3 or 4 occurred in 6 and 2 patients, respectively. |
    Leukopenia 6 grade 3-4; Anaemia 2 grade 3-4
There were three cases of fever; grade 3 anemia in nine patients. | Pyrexia 3; Anaemia 9 grade 3
Herpes zoster was seen within 1 year after infliximab in 5 patients (19%). | Herpes zoster 5 19%
Nine patients with CD, six with UC, and one with pouchitis were treated. | n 16
After failure of chemotherapy, 23 patients were evaluated. | n 23
Ten patients (enough for a power of 80%) were enrolled. | n 10
Grade 3-4 neutropenia occurred in 25% of cycles. |
Rash was seen after 80% and 50% of courses of A and B. |
Tacrolimus was started in 22 patients. | n 22
Participants were 45 outpatients with bipolar depression. | n 45
At the first visit at 6 weeks, 9 of 20 patients responded. | ORR 9/20 at 6 weeks
"""
CASES = [line.partition(" |")[::2] for line in TOLD.strip().replace("\n    ", " ").splitlines()]


def in_short(fact: ProseFact) -> str:
    """A fact as the table above writes it."""
    name = "n" if fact.kind == "patients" else fact.name
    counts = [str(fact.events)] if fact.events is not None else []
    counts += [f"all but {fact.excepted}"] if fact.excepted and not counts else []
    counts = (
        [f"{fact.events}/{fact.total}"]
        if fact.events is not None and fact.total is not None
        else counts
    )
    counts += [f"{fact.percent:g}%"] if fact.percent is not None else []
    counts += [f"{fact.value:g}"] if fact.value is not None else []
    counts += [f"from {fact.low:g} to {fact.high:g}"] if fact.low and fact.high else []
    counts += [f"grade {fact.grade}"] if fact.grade else []
    counts += [f"at {fact.timepoint}"] if fact.timepoint else []
    return " ".join([name, *counts, *(["(part)"] if fact.scope else [])])


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_what_a_sentence_says(text: str, expected: str, vocabulary: Vocabulary) -> None:
    (sentence,) = split_block(TextBlock(text=text, kind="paragraph"), "results")
    facts = [f for f in read_sentence(sentence, vocabulary) if f.own and f.kind != "sex"]
    found = {in_short(f) for f in facts if f.kind != "patients" or not f.scope}
    assert found == {part.strip() for part in expected.split(";") if part.strip()}
