import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../../src-renderer/App.svelte";
import { handlers, localHost } from "../support/host.ts";

/** jsdom has no canvas: what is drawn is tested as data in view.test.ts, and as pixels in a browser. */
vi.mock("../../src-renderer/chart/canvas.ts", async (original) => ({
  ...(await original<object>()),
  Chart: class {
    data: unknown;
    options: unknown;
    update(): void {
      // nothing to draw on
    }
    draw(): void {
      // nothing to draw on
    }
    destroy(): void {
      // nothing was drawn
    }
  },
}));

beforeAll(() => {
  Object.defineProperty(document, "fonts", { value: { ready: Promise.resolve() } });
  window.matchMedia = () => new EventTarget() as MediaQueryList;
});

const user = userEvent.setup();
const choice = (group: string, name: string): HTMLElement =>
  within(screen.getByRole("group", { name: new RegExp(group) })).getByRole("radio", { name });

async function fillNecMinimum(): Promise<void> {
  await user.click(choice("^Tumour", "NEC"));
  await user.type(screen.getByLabelText("Age"), "67");
  await user.click(choice("ECOG", "1"));
}

describe("nothing is shown until tumour, age and PS are given", () => {
  beforeEach(() => void render(App, { host: localHost() }));

  it("says calmly what is still missing, one field fewer at a time", async () => {
    expect(await screen.findByText("Still needed: tumour, age and ECOG PS.")).toBeVisible();
    await user.click(choice("^Tumour", "NEC"));
    expect(await screen.findByText("Still needed: age and ECOG PS.")).toBeVisible();
    await user.click(choice("ECOG", "1"));
    expect(await screen.findByText("Still needed: age.")).toBeVisible();
    expect(screen.queryByText(/CI of the estimate/)).toBeNull();
  });

  it("answers as soon as the three are there, and says what was averaged", async () => {
    await fillNecMinimum();
    expect(await screen.findByText(/CI of the estimate/)).toBeVisible();
    expect(screen.getByText("Averaged: sex, primary site, Ki-67 and ALP.")).toBeVisible();
  });
});

describe("bad input stands beside its field, names the value and loses nothing", () => {
  beforeEach(() => void render(App, { host: localHost() }));

  it("keeps what was typed, waits until the field is left, and clears once it is right", async () => {
    await fillNecMinimum();
    const ki67 = screen.getByLabelText("Ki-67");
    await user.type(ki67, "55%");
    expect(await screen.findByText("No estimate until this is right")).toBeVisible();
    expect(screen.queryByRole("alert")).toBeNull();
    await user.tab();
    const message = 'Ki-67 cannot be "55%"; allowed: a number from 0 to 100 or not given.';
    expect(await screen.findByRole("alert")).toHaveTextContent(message);
    expect(ki67).toHaveValue("55%");
    expect(ki67).toHaveAttribute("aria-invalid", "true");
    await user.type(ki67, "{Backspace}");
    expect(await screen.findByText(/CI of the estimate/)).toBeVisible();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it.each([
    ["67.5", "Age cannot be 67.5; allowed: a whole number from 18 to 110."],
    ["17", "Age cannot be 17; allowed: a whole number from 18 to 110."],
    ["sixty", 'Age cannot be "sixty"; allowed: a whole number from 18 to 110.'],
  ])("refuses an age of %s", async (typed, message) => {
    await user.click(choice("^Tumour", "NEC"));
    await user.click(choice("ECOG", "1"));
    await user.type(screen.getByLabelText("Age"), typed);
    await user.tab();
    expect(await screen.findByRole("alert")).toHaveTextContent(message);
  });

  it("takes a decimal comma, and a limit of zero is refused", async () => {
    await fillNecMinimum();
    await user.type(screen.getByLabelText("Ki-67"), "54,9");
    await user.click(choice("Alkaline", "Value"));
    await user.type(screen.getByLabelText("ALP value"), "3,2");
    await user.type(screen.getByLabelText("Upper limit"), "0");
    await user.tab();
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "ALP upper limit cannot be 0; allowed: a number above 0.",
    );
    await user.type(screen.getByLabelText("Upper limit"), "{Backspace}1,9");
    expect(await screen.findByText("above the limit: elevated")).toBeVisible();
    expect((await screen.findAllByText(/NEC with Ki-67 < 55/))[0]).toBeVisible();
  });
});

describe("a patient who is not estimable gets a useful page", () => {
  it("says why, with the published figure, and what the study does report", async () => {
    render(App, { host: localHost() });
    await fillNecMinimum();
    await user.selectOptions(screen.getByLabelText("First-line treatment"), "none");
    expect(await screen.findByText("No estimate for this patient")).toBeVisible();
    expect(screen.getByText(/published median overall survival 1\.9 months, n\s=\s84/)).toBeVisible();
    expect(screen.getByRole("row", { name: /PS 1, n\s=\s195 8\.0\s\(6\.4–9\.6\)/ })).toBeVisible();
    expect(screen.queryByText(/CI of the estimate/)).toBeNull();
  });
});

describe("two endpoints that cannot be mistaken", () => {
  it("changes title, numbers and the note on the assumed shape together, by keyboard", async () => {
    render(App, { host: localHost() });
    await fillNecMinimum();
    const os = await screen.findByRole("tab", { name: "Overall survival" });
    expect(screen.getByRole("heading", { name: "Median overall survival" })).toBeVisible();
    os.focus();
    await user.keyboard("{ArrowRight}");
    expect(screen.getByRole("tab", { name: "Progression-free survival" })).toHaveFocus();
    expect(screen.getByRole("heading", { name: "Median progression-free survival" })).toBeVisible();
    expect(screen.queryByRole("heading", { name: "Median overall survival" })).toBeNull();
    expect(screen.getByText(/Only the median PFS is published/)).toBeVisible();
    await user.keyboard("{Alt>}[KeyO]{/Alt}");
    expect(screen.getByRole("heading", { name: "Median overall survival" })).toBeVisible();
  });
});

describe("what the study saw stands beside what the model says", () => {
  it("the patient's PS group; and the group of a serious caution instead, at its own weight", async () => {
    render(App, { host: localHost() });
    await fillNecMinimum();
    expect(
      await screen.findByText(/^Published for PS 1, n\s=\s195: 8\.0\s\(6\.4\W+9\.6\)\smonths$/),
    ).toBeVisible();
    await user.click(choice("ECOG", "3"));
    const title = await screen.findByRole("heading", { name: "Published median overall survival" });
    const median = title.parentElement!;
    expect(median.querySelector(".hero")).toHaveTextContent("1.2 months");
    expect(median).toHaveTextContent(
      /95\s%\sCI 0\.8–1\.6 for PS 3, n\s=\s23: describes such patients better/,
    );
    expect(median).toHaveTextContent(/The model: \d\.\d months/);
  });

  it("says so when the two models contradict each other, on both tabs", async () => {
    render(App, { host: localHost() });
    await user.click(choice("^Tumour", "NET G3"));
    await user.type(screen.getByLabelText("Age"), "75");
    await user.click(choice("ECOG", "2"));
    await user.click(choice("Alkaline", "Elevated"));
    await user.selectOptions(screen.getByLabelText("First-line treatment"), "temozolomide-based");
    expect(await screen.findByText(/OS and PFS contradict each other here/)).toBeVisible();
    await user.keyboard("{Alt>}[KeyP]{/Alt}");
    expect(screen.getByText(/OS and PFS contradict each other here/)).toBeVisible();
  });
});

describe("answers and questions", () => {
  it("keeps the result, dimmed, under a half-typed number, and takes it away when the number stays wrong", async () => {
    render(App, { host: localHost() });
    await fillNecMinimum();
    await screen.findByText(/CI of the estimate/);
    const result = screen.getByRole("main");
    await user.type(screen.getByLabelText("Ki-67"), "5");
    await waitFor(() => expect(result).toHaveClass("stale"));
    expect(screen.getByText(/CI of the estimate/)).toBeVisible();
    await user.type(screen.getByLabelText("Ki-67"), "4");
    await waitFor(() => expect(result).not.toHaveClass("stale"));
    expect(screen.getByText(/CI of the estimate/)).toBeVisible();
    await user.type(screen.getByLabelText("Ki-67"), "x");
    expect(await screen.findByText("No estimate until this is right")).toBeVisible();
    expect(screen.queryByText(/CI of the estimate/)).toBeNull();
  });

  it("drops an answer that a later question has overtaken", async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const host = localHost((endpoint, request) => {
      const { patient } = request as { patient?: { ecogPs?: number } };
      return endpoint === "estimate" && patient?.ecogPs === 3 ? held : undefined;
    });
    render(App, { host });
    await fillNecMinimum();
    await screen.findByText(/CI of the estimate/);
    await user.click(choice("ECOG", "3"));
    await user.click(choice("ECOG", "0"));
    expect(await screen.findByText(/^At the reference: PS 0/)).toBeVisible();
    release?.();
    await held;
    await new Promise((resolve) => setTimeout(resolve));
    expect(screen.getByText(/^At the reference: PS 0/)).toBeVisible();
    expect(screen.queryByText(/PS 3 vs 0/)).toBeNull();
  });

  it("says so when the program itself fails, instead of showing an old number", async () => {
    render(App, {
      host: {
        ...localHost(),
        request: () => Promise.resolve({ ok: false, code: "internal", message: "no study" }),
      },
    });
    expect(await screen.findByText(/Nothing was computed.*no study/)).toBeVisible();
  });

  it("clear empties the form and the result", async () => {
    render(App, { host: localHost() });
    await fillNecMinimum();
    await screen.findByText(/CI of the estimate/);
    await user.keyboard("{Alt>}[KeyP]{/Alt}");
    await user.click(screen.getByRole("button", { name: "Clear" }));
    expect(await screen.findByText("Still needed: tumour, age and ECOG PS.")).toBeVisible();
    expect(screen.getByLabelText("Age")).toHaveValue("");
    await fillNecMinimum();
    expect(await screen.findByRole("heading", { name: "Median overall survival" })).toBeVisible();
  });
});

describe("the last change can be taken back", () => {
  it("field by field, typing in one field as one change, and a cleared form too", async () => {
    render(App, { host: localHost() });
    const undo = screen.getByRole("button", { name: "Undo" });
    expect(undo).toBeDisabled();
    await fillNecMinimum();
    await user.type(screen.getByLabelText("Ki-67"), "85");
    await screen.findAllByText(/Ki.67\s≥\s55/);
    await user.click(undo);
    expect(screen.getByLabelText("Ki-67")).toHaveValue("");
    expect(screen.getByLabelText("Age")).toHaveValue("67");
    await user.click(screen.getByRole("button", { name: "Clear" }));
    expect(screen.getByLabelText("Age")).toHaveValue("");
    await user.click(undo);
    expect(screen.getByLabelText("Age")).toHaveValue("67");
    expect(choice("ECOG", "1")).toBeChecked();
    choice("ECOG", "1").focus();
    await user.keyboard("{Control>}z{/Control}");
    expect(choice("ECOG", "1")).not.toBeChecked();
  });
});

describe("published groups are ticked into the chart", () => {
  const box = (name: RegExp): HTMLElement => screen.getByRole("checkbox", { name });
  const chartText = (): string => screen.getByRole("slider").getAttribute("aria-valuetext") ?? "";

  it("are read beside the patient, four at most, and forgotten with the patient", async () => {
    render(App, { host: localHost() });
    await fillNecMinimum();
    await screen.findByText(/CI of the estimate/);
    expect(box(/^PS 1/)).toBeChecked();
    await user.click(screen.getByRole("button", { name: /Other groups/ }));
    await user.click(box(/^PS 0/));
    await user.click(box(/^ALP normal/));
    await user.click(box(/^ALP elevated/));
    expect(box(/^PS 3/)).toBeDisabled();
    expect(screen.getByText(/At most 4 groups/)).toBeVisible();
    await user.click(box(/^PS 1/));
    expect(box(/^PS 3/)).toBeEnabled();
    screen.getByRole("slider").focus();
    await user.keyboard("{Home}{PageUp}");
    expect(chartText()).toMatch(
      /^6 months: this patient \d+.%, 95.% interval .*PS 0.*ALP normal.*ALP elevated/,
    );
    expect(chartText()).not.toContain("PS 1");
    await user.click(screen.getByRole("button", { name: "Clear" }));
    await fillNecMinimum();
    await screen.findByText(/CI of the estimate/);
    expect(box(/^PS 1/)).toBeChecked();
    expect(screen.queryByRole("checkbox", { name: /^PS 0/ })).toBeNull();
  });

  it("each published value leads to its place", async () => {
    render(App, { host: localHost() });
    await fillNecMinimum();
    await screen.findByText(/CI of the estimate/);
    const link = screen.getByRole("link", { name: /^8\.0.\(6\.4–9\.6\)$/ });
    expect(link).toHaveAttribute("href", "#/published/nec/os/ps-1");
    expect(link).toHaveAttribute("title", "Source: Table 2, row OS PS 1");
  });
});

describe("one hundred people instead of a curve", () => {
  it("counts what the table says, with its interval, at the month that is chosen", async () => {
    render(App, { host: localHost() });
    await fillNecMinimum();
    await screen.findByText(/CI of the estimate/);
    await user.click(screen.getByRole("radio", { name: "100 people" }));
    const answer = handlers.estimate({ patient: { tumour: "NEC", ageYears: 67, ecogPs: 1 } });
    if (!answer.ok) throw new Error(answer.message);
    for (const { months, survival, lower, upper } of answer.value.estimates.os!.landmarks) {
      await user.click(choice("After", String(months)));
      const [people, least, most] = [survival, lower!, upper!].map((share) =>
        share < 0.01 ? 0 : Math.round(share * 100),
      );
      const picture = screen.getByRole("img", {
        name: new RegExp(`^Alive after ${months} months, of 100 such patients: about\\s${people} `),
      });
      const count = (kind: string): number => picture.querySelectorAll(`.${kind}`).length;
      expect([count("sure"), count("estimated"), count("possible"), count("none")]).toEqual([
        least,
        people! - least!,
        most! - people!,
        100 - most!,
      ]);
    }
  });
});
