/** The way through the program, in its help and, word for word, in the README. */
export const guide = {
  firstCase: {
    title: "A first case in two minutes",
    steps: [
      "Estimate: choose the tumour, type the age, choose the ECOG performance status. The result appears; all else may stay unknown and is then averaged over the study's patients.",
      "Add what is known. Read the cautions at the top first: they say where the model is known to be off.",
      "Read the median with its interval (how sure the estimate is) apart from the spread of outcomes (how differently such patients fare).",
      "Point at the chart, or press the arrow keys in it, to read any month. Tick groups of the study to draw them beside the patient; every published value leads to its place in the article.",
      "Copy or save: the chart as a picture, its data, or a report on one A4 page. “Save as case” keeps the patient, encrypted, on this computer; what is not saved as a case is gone when the program is closed.",
    ],
  },
  board: {
    title: "A board in five",
    steps: [
      "Estimate: enter a patient and choose “Add to board”. Repeat for each case. Name cases so that nobody can be recognised. Patients who are kept in Cases can be put on the agenda of a day instead: “Show these on the Board” brings them over in their order.",
      "Compare, if a case turns on one question: the same patient with another performance status, or with another first line as the study saw it. “Add to board” takes the comparison along.",
      "Board: put the cases in order and look through the slides.",
      "Present fills the screen; arrow keys turn the slides, B blanks them. With a second display, the audience sees the slides and you see the notes.",
      "Save the deck as PDF, or as PPTX with text that can be edited. “Save as file…” keeps the board itself, not encrypted, to go on elsewhere: “Open…”, or dropping the file on the window, brings it back.",
    ],
  },
  not: {
    title: "What it does not do",
    points: [
      "It is not a medical device and advises neither for nor against a treatment: treatment in the study was not randomised.",
      "It does not forecast one person's course: it gives what the study's models give for a cohort like the patient.",
      "It does not cover localised disease, MiNEN, appendix primaries, patients without chemotherapy, PS 4, or NET G3 with PS 3 to 4; it then says what the study reports instead.",
      "It knows nothing that was published after the article, and nothing of the article's supplement.",
      "It sends nothing anywhere: there is no network in it, no account and no telemetry.",
    ],
  },
} as const;
