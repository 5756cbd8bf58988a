import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { safeParse } from "valibot";
import { afterEach, describe, expect, it } from "vitest";
import type { FollowUp } from "../../../src-renderer/cases/followUp/followUp.ts";
import { emptyFollowUp, followUpSchema } from "../../../src-renderer/cases/followUp/followUp.ts";
import FollowUpForm from "../../../src-renderer/cases/followUp/FollowUpForm.svelte";

const user = userEvent.setup();

/** The form under a parent that keeps each change, as the room does. */
function open(part: Partial<FollowUp> = {}): {
  now: () => FollowUp;
  show: (next: FollowUp) => Promise<void>;
} {
  let value: FollowUp = { ...emptyFollowUp(), ...part };
  // A change in place would go unseen by whoever saves the difference.
  const frozen = (next: FollowUp): FollowUp => {
    for (const inner of [next.baseline, next.baseline.metastaticSites, next.laterLines, ...next.laterLines]) {
      Object.freeze(inner);
    }
    return Object.freeze(next);
  };
  const show = (next: FollowUp): Promise<void> => {
    value = frozen(next);
    return rerender({ value });
  };
  const { rerender } = render(FollowUpForm, {
    value: frozen(value),
    today: "2026-11-21",
    onchange: (next: FollowUp) => {
      expect(safeParse(followUpSchema, next).success).toBe(true);
      void show(next);
    },
  });
  return { now: () => value, show };
}

const field = (name: string): HTMLElement => screen.getByRole("textbox", { name });
const start = (): HTMLElement => field("First line: Date of start");
const choose = (group: string, choice: string): Promise<void> =>
  user.click(within(screen.getByRole("group", { name: group })).getByRole("radio", { name: choice }));
const alerts = (): string[] =>
  screen.queryAllByRole("alert").map((alert) => alert.textContent.trim().replaceAll("\u2011", "-"));

describe("a day is typed as it comes, and nothing of it is lost", () => {
  it.each(["2026-01-05", "5.1.2026", "05/01/2026", "05012026"])(
    "%s is saved and shown as one day",
    async (text) => {
      const { now } = open();
      await user.type(start(), text);
      expect(start()).toHaveValue(text);
      expect(now().start).toBe("2026-01-05");
      await user.tab();
      expect(start()).toHaveValue("2026-01-05");
      expect(alerts()).toEqual([]);
    },
  );

  it("a half-typed day is saved as typed, told once it is left, and typed on", async () => {
    const { now } = open();
    await user.type(start(), "21.11");
    expect(now().start).toBe("21.11");
    expect(alerts()).toEqual([]);
    await user.tab();
    expect(start()).toHaveValue("21.11");
    expect(start()).toBeInvalid();
    expect(start()).toHaveAccessibleDescription(/“21\.11” is not a day yet/);
    await user.type(start(), ".2025");
    expect(now().start).toBe("2025-11-21");
    await user.tab();
    expect(alerts()).toEqual([]);
    expect(start()).toBeValid();
  });

  it("a day that the calendar does not have stays beside its reason", async () => {
    const { now } = open();
    await user.type(start(), "30.02.2025");
    await user.tab();
    expect(now().start).toBe("30.02.2025");
    expect(alerts()).toEqual(["The calendar has no 30.02.2025."]);
  });

  it("what is undone elsewhere while the field is open is shown", async () => {
    const { show } = open({ start: "2025-01-01" });
    await user.type(start(), "9");
    expect(start()).toHaveValue("2025-01-019");
    await show({ ...emptyFollowUp(), start: "2025-01-01" });
    expect(start()).toHaveValue("2025-01-01");
  });

  it("a contradiction names both days beside one field and marks the other", () => {
    open({ start: "2025-04-01", progression: "2025-03-01" });
    expect(alerts()).toEqual([
      "Progression on first line, 2025-03-01, is before the start of first line, 2025-04-01.",
    ]);
    expect(field("First line: Date of progression")).toBeInvalid();
    expect(start()).toBeInvalid();
    expect(field("First line: Date of stop")).toBeValid();
  });

  it("a remark is told without calling anything wrong", () => {
    open({ start: "2025-04-01", bestResponse: "PD" });
    expect(alerts()).toEqual(["Best response is PD: its day is missing."]);
    expect(field("First line: Date of progression")).toBeValid();
  });
});

describe("what is chosen is kept, and can be taken back to not recorded", () => {
  it("levels, grades and sites", async () => {
    const { now } = open();
    await choose("LDH", "Elevated");
    await choose("FDG-PET", "Positive");
    await user.selectOptions(screen.getByLabelText("Uptake on SRI"), "Liver or above");
    await user.selectOptions(screen.getByLabelText("Morphology"), "Small-cell");
    await user.selectOptions(screen.getByLabelText("Chromogranin A staining"), "Strong");
    await user.selectOptions(screen.getByLabelText("Cancer pain"), "0, none");
    await user.selectOptions(screen.getByLabelText("Anorexia"), "4, life-threatening");
    await user.click(screen.getByRole("checkbox", { name: "Liver" }));
    await user.click(screen.getByRole("checkbox", { name: "Bone" }));
    await user.click(screen.getByRole("checkbox", { name: "Liver" }));
    expect(now().baseline).toEqual({
      ldh: "elevated",
      metastaticSites: ["bone"],
      sri: "liver-or-above",
      fdg: "positive",
      morphology: "small-cell",
      cga: "strong",
      pain: 0,
      weightLoss: null,
      anorexia: 4,
    });
    await choose("LDH", "Not recorded");
    await user.selectOptions(screen.getByLabelText("Cancer pain"), "Not recorded");
    expect(now().baseline).toMatchObject({ ldh: null, pain: null, anorexia: 4 });
  });

  it("the first line", async () => {
    const { now } = open();
    await user.type(screen.getByRole("combobox", { name: "Regimen" }), "Carboplatin/etoposide");
    await choose("Best response", "PR");
    await choose("Stopped for toxicity", "No");
    expect(now()).toMatchObject({
      regimen: "Carboplatin/etoposide",
      bestResponse: "PR",
      stoppedForToxicity: false,
    });
    await choose("Stopped for toxicity", "Not recorded");
    expect(now().stoppedForToxicity).toBeNull();
  });

  it("says that clinical progression counts as PD", () => {
    open();
    expect(screen.getByText(/clinical progression within 2 months/)).toBeVisible();
  });
});

describe("later lines and PRRT", () => {
  const lines: Partial<FollowUp> = {
    laterLines: [
      { regimen: "FOLFOX", start: "2025-01-01", progression: "" },
      { regimen: "Temozolomide", start: "2025-06-01", progression: "2025-08-01" },
    ],
  };

  it("are added with the keyboard, which goes on in the new line", async () => {
    const { now } = open();
    expect(screen.getByText("None recorded.")).toBeVisible();
    screen.getByRole("button", { name: "Add a line" }).focus();
    await user.keyboard("{Enter}");
    expect(screen.getByRole("combobox", { name: "Line 2: Regimen" })).toHaveFocus();
    await user.keyboard("FOLFOX{Tab}1.2.2025{Tab}");
    expect(now().laterLines).toEqual([{ regimen: "FOLFOX", start: "2025-02-01", progression: "" }]);
    await user.click(screen.getByRole("button", { name: "Add PRRT" }));
    expect(field("PRRT: Date of start")).toHaveFocus();
    expect(now().prrt).toEqual({ start: "", end: "" });
    expect(screen.queryByRole("button", { name: "Add PRRT" })).toBeNull();
  });

  it("that are removed can be put back where they were, with their dates", async () => {
    const { now } = open(lines);
    await user.click(screen.getByRole("button", { name: "Remove Line 2" }));
    expect(now().laterLines.map(({ regimen }) => regimen)).toEqual(["Temozolomide"]);
    expect(screen.getByText("Line 2 was removed.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Put it back" })).toHaveFocus();
    await user.type(field("Line 2: Date of start"), "{Backspace}2");
    await user.click(screen.getByRole("button", { name: "Put it back" }));
    expect(now().laterLines).toEqual([
      lines.laterLines![0],
      { ...lines.laterLines![1], start: "2025-06-02" },
    ]);
    expect(screen.queryByRole("button", { name: "Put it back" })).toBeNull();
  });

  it("and so can PRRT", async () => {
    const prrt = { start: "2025-01-01", end: "2025-05-01" };
    const { now } = open({ prrt });
    await user.click(screen.getByRole("button", { name: "Remove PRRT" }));
    expect(now().prrt).toBeNull();
    await user.click(screen.getByRole("button", { name: "Put it back" }));
    expect(now().prrt).toEqual(prrt);
  });

  it("an identity number typed as a regimen brings the warning", async () => {
    open();
    await user.type(screen.getByRole("combobox", { name: "Regimen" }), "EP 131052-308T");
    expect(screen.getByRole("combobox", { name: "Regimen" })).toHaveAccessibleDescription(/131052-308T/);
  });
});

describe("the outcome and its times", () => {
  it("a death that is taken back and said again keeps its day and cause", async () => {
    const { now } = open();
    expect(screen.queryByRole("textbox", { name: "Date of death" })).toBeNull();
    await choose("Status", "Died");
    expect(now().death).toEqual({ day: "", cause: "unknown" });
    await user.type(field("Date of death"), "2025-06-01");
    await user.selectOptions(screen.getByLabelText("Cause of death"), "The disease");
    await choose("Status", "No death recorded");
    expect(now().death).toBeNull();
    await choose("Status", "Died");
    expect(now().death).toEqual({ day: "2025-06-01", cause: "disease" });
  });

  it("says PFS and OS with what ended them, once they can be counted", async () => {
    const { show } = open({ start: "2025-01-01" });
    expect(screen.queryByText("PFS")).toBeNull();
    const times = (): string[] =>
      screen
        .getAllByRole("definition")
        .map((time) => time.textContent.replace(/\s+/g, " ").replaceAll("\u2011", "-").trim());
    await show({
      ...emptyFollowUp(),
      start: "2025-01-01",
      progression: "2025-04-02",
      lastContact: "2025-08-08",
    });
    expect(times()).toEqual([
      "3.0 months until progression 2025-01-01 to 2025-04-02",
      "7.2 months alive at last contact 2025-01-01 to 2025-08-08",
    ]);
    await show({
      ...emptyFollowUp(),
      start: "2025-01-01",
      progression: "2024-04-02",
      death: { day: "2025-08-08", cause: "disease" },
    });
    const before = "not counted: progression on first line is before the start of first line";
    expect(times()).toEqual([before, before]);
    await show({
      ...emptyFollowUp(),
      start: "2025-01-01",
      progression: "2025-04-02",
      lastContact: "2027-08-08",
    });
    expect(times()).toEqual([
      "3.0 months until progression 2025-01-01 to 2025-04-02",
      "not counted: last contact is in the future",
    ]);
    await show({
      ...emptyFollowUp(),
      start: "2025-01-01",
      progression: "2025-09-09",
      lastContact: "2025-08-08",
    });
    expect(times()).toEqual([
      "8.2 months until progression 2025-01-01 to 2025-09-09 check the dates",
      "7.2 months alive at last contact 2025-01-01 to 2025-08-08 check the dates",
    ]);
    await show({ ...emptyFollowUp(), start: "30.02.2025", lastContact: "2025-08-08" });
    const noDate = "not counted: the start of first line is no valid date";
    expect(times()).toEqual([noDate, noDate]);
  });
});

describe("the browser keeps nothing of it", () => {
  afterEach(() => document.body.replaceChildren());

  it("no field takes part in autocompletion, and two forms share no id", () => {
    const full: Partial<FollowUp> = {
      laterLines: [{ regimen: "", start: "", progression: "" }],
      prrt: { start: "", end: "" },
      death: { day: "", cause: "other" },
    };
    open(full);
    open(full);
    const inputs = document.querySelectorAll('input[type="text"]');
    expect(inputs).toHaveLength(2 * 11);
    for (const input of inputs) expect(input).toHaveAttribute("autocomplete", "off");
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(40);
  });
});
