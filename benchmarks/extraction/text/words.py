"""Words of invented tables. Every third of a list is kept for papers that are sealed."""

from __future__ import annotations

import random
from collections.abc import Sequence


def pick(chance: random.Random, words: Sequence[str], *, sealed: bool) -> str:
    """One of the words: of every third where the paper is sealed, else of the others."""
    kept = words[2::3]
    return chance.choice(kept if sealed else [word for word in words if word not in kept])


DRUGS = (
    "sirtavimab", "mogatinib", "belzufrine", "actimustine", "rovacept", "thiotrexed",
    "pralanostat", "nemtabrutide", "denifutin",
)  # fmt: skip
DISEASES = (
    "uveal melanoma", "chordoma", "pemphigus vulgaris", "scleromyxoedema", "AL amyloidosis",
    "Behçet disease", "thymoma", "sarcoidosis", "hairy cell leukaemia", "IgG4-related disease",
    "bullous pemphigoid", "desmoid tumour",
)  # fmt: skip
AUTHORS = (
    "Adeyemi", "Brugman", "Castellani", "Dahl", "Engström", "Fournier", "Grabowski", "Hagiwara",
    "Ibáñez", "Jakobsen", "Kovács", "Lefebvre", "Mbeki", "Nørgaard", "O’Brien", "Pham",
    "Quaresma", "Rasmussen", "Schäfer", "Tran", "Urquhart", "Van-Dyck", "Wang", "Xu", "Yamamoto",
    "Zanetti",
)  # fmt: skip
EFFECTS = (
    "vomiting", "leukopenia", "flushing", "stomatitis", "febrile neutropenia", "alopecia",
    "hypokalaemia", "back pain", "cytokine release", "herpes zoster", "proteinuria", "vertigo",
    "thrombocytopenia", "peripheral oedema", "raised creatinine",
)  # fmt: skip
DESIGNS = (
    "Prospective cohort", "Case report", "Multicentre, retrospective", "Phase I/II", "Registry",
    "Single-arm trial", "Case series", "Expanded access", "Chart review",
)  # fmt: skip
COUNTRIES = ("Japan", "France", "USA", "Brazil", "South Korea", "Germany", "New Zealand")
PRIOR = (
    "Prednisolone", "Cisplatin, etoposide", "None", "Radiotherapy", "Dapsone, azathioprine",
    "Surgery", "Rituximab",
)  # fmt: skip

STUDY_HEADS = ("Study", "First author (year)", "Author, year", "Reference", "Trial", "Source")
PATIENT_HEADS = ("Patient", "Case no.", "Pt no.", "Case", "Patient no.", "No.")
HEADS = {
    "design": ("Design", "Study type", "Type of study", "Study design"),
    "country": ("Country", "Setting", "Country of origin"),
    "patients": ("Patients", "No. of patients", "Patients, n", "n", "N", "Number of patients",
                 "Sample size"),
    "age": ("Median age", "Age, years", "Mean age (years)", "Age (range)", "Age"),
    "disease": ("Diagnosis", "Disease", "Indication", "Condition"),
    "prior": ("Prior treatment", "Previous therapies", "Prior therapy"),
    "dose": ("Dose", "Dosage", "Dosing", "Dose and schedule", "Treatment", "Regimen"),
    "route": ("Route", "Administration", "Route of administration"),
    "duration": ("Treatment duration", "Duration of treatment", "Length of treatment"),
    "response": ("Response", "Outcome", "Best response", "Results", "Treatment response"),
    "cr": ("CR, n (%)", "CR", "Complete response, n (%)", "Complete responses"),
    "pr": ("PR, n (%)", "PR", "Partial response, n (%)", "Partial responses"),
    "orr": ("ORR, n (%)", "ORR", "Overall response rate", "Responders, n/N (%)", "ORR (%)"),
    "follow_up": ("Follow-up (months)", "Median follow-up, months", "Follow-up, mo"),
    "lasting": ("Duration of response", "Response duration (months)", "Duration of response, mo"),
    "effects": ("Adverse events", "Toxicity", "Adverse effects", "Complications", "Side effects"),
    "sex": ("Sex", "Gender", "M/F"),
}  # fmt: skip
GROUPS = ("Arm A", "Arm B", "Overall", "Low dose", "High dose", "Naive", "Pretreated", "Total")
OUTCOMES = (
    "Complete response", "Partial response", "Stable disease", "Progressive disease",
    "Overall response", "Clinical benefit", "Relapse", "Death from any cause",
    "Median progression-free survival, months", "Median age (range), years", "Male sex",
    "Dose reduction", "Withdrawal because of toxicity", "Time to best response, weeks",
)  # fmt: skip
REVIEW = (
    "Reports of {drug} were sought in two databases and in the proceedings of three meetings.",
    "The regimens differed widely, and no report compared {drug} with another treatment.",
    "Responses were seen in most of the series, but their definition was rarely stated.",
    "Toxicity was mostly mild and reversible, although one death was possibly related to {drug}.",
    "Authors were asked for missing data, and half of them answered within four weeks.",
    "The rarity of these disorders makes a randomised comparison unlikely in the near future.",
    "Several patients received further courses after relapse and responded again in most cases.",
    "Doses were reduced where the blood counts fell, as described in the summary of the product.",
)
REPORT = (
    "All patients who were treated with {drug} at our hospital were included.",
    "Responses were assessed after every second course by the treating physician.",
    "Treatment was stopped on progression, on intolerable toxicity or on the wish of the patient.",
    "The ethics committee approved the study, and all of the patients gave written consent.",
    "Most of them had been treated before, some with as many as five different regimens.",
    "Two of us read the records independently and settled any disagreement by discussion.",
)
