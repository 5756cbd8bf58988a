/** What the desktop says in the system's own boxes, outside of any page. */
export const boxes = {
  title: "HG-NEN Prognosis",

  /** the window is about to close, or to load its page anew, and something in it is nowhere else */
  unload: {
    message: "Something here is not stored.",
    detail:
      "Cases that are only in this window, and changes that could not be saved, are lost when you leave. Stored cases stay.",
    stay: "Stay",
    leave: "Leave and lose it",
  },

  crash:
    "The window stopped working twice within a minute, so the program ends.\n\nStored cases stay as they were saved last. If it happens again, install the program again.",
} as const;
