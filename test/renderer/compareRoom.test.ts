import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../../src-renderer/App.svelte";
import { localHost } from "../support/host.ts";

/** jsdom has no canvas: what is drawn is tested as data in compareView.test.ts, and as pixels in a browser. */
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

beforeAll(async () => {
  // The room is fetched when it is first entered; what takes the test's tools long is made ready here.
  await import("../../src-renderer/compare/CompareRoom.svelte");
  Object.defineProperty(document, "fonts", { value: { ready: Promise.resolve() } });
  window.matchMedia = () => new EventTarget() as MediaQueryList;
});

const user = userEvent.setup();
const form = () => within(screen.getByRole("form", { name: "Patient" }));
const editor = () => within(screen.getByRole("region", { name: "Second version" }));
const choose = (group: RegExp, name: string, within_ = form()): Promise<void> =>
  user.click(within(within_.getByRole("group", { name: group })).getByRole("radio", { name }));

async function goTo(room: string): Promise<void> {
  location.hash = `#/${room}`;
  dispatchEvent(new HashChangeEvent("hashchange"));
  await screen.findByRole("region", { name: "Second version" });
}

async function fill(tumour: "NEC" | "NET G3", ps = "1"): Promise<void> {
  await choose(/^Tumour/, tumour);
  await user.type(form().getByLabelText("Age"), "61");
  await choose(/ECOG/, ps);
}

beforeEach(async () => {
  render(App, { host: localHost() });
  await goTo("compare");
});

describe("before there is something to compare", () => {
  it("says what is missing, with the form at hand and a way to Estimate", async () => {
    expect(await screen.findByText("Still needed: tumour, age and ECOG PS.")).toBeVisible();
    expect(screen.getByRole("link", { name: /One patient at a time/ })).toHaveAttribute("href", "#/estimate");
    expect(screen.queryByLabelText("Change a field")).toBeNull();
    await fill("NEC");
    expect(await screen.findByText("Choose at the left what differs in the second version.")).toBeVisible();
    expect(screen.getByLabelText("Change a field")).toBeVisible();
  });

  it("offers platinum/etoposide against other first line in NET G3 only, one PS better from PS 1 only", async () => {
    await fill("NEC", "0");
    await screen.findByLabelText("Change a field");
    expect(editor().queryByRole("button", { name: /^PS/ })).toBeNull();
    expect(editor().queryByRole("button", { name: /Platinum/ })).toBeNull();
    await choose(/^Tumour/, "NET G3");
    await choose(/ECOG/, "2");
    expect(editor().getByRole("button", { name: /^PS\s2 now, against PS\s1$/ })).toBeVisible();
    expect(
      editor().getByRole("button", { name: "Platinum/etoposide against other first line" }),
    ).toBeVisible();
  });
});

describe("PS now against PS one better", () => {
  beforeEach(async () => {
    await fill("NEC");
    await user.click(await screen.findByRole("button", { name: /^PS\s1 now/ }));
  });

  it("compares at one click, in words, and says that PS is an association", async () => {
    expect(
      (
        await screen.findAllByText(/months longer .* in patients with PS\s0 than in patients with PS\s1\.$/)
      )[0],
    ).toBeInTheDocument();
    expect(screen.getByText(/changing PS is not an intervention/)).toBeVisible();
    expect(screen.queryByRole("alert")).toBeNull();
    const table = screen.getByRole("table");
    expect(
      within(table)
        .getAllByRole("rowheader")
        .map((cell) => cell.textContent.trim()),
    ).toEqual(["PS\u00a01", "PS\u00a00", "difference, points"]);
  });

  it("both versions follow the patient: what is not changed is shared", async () => {
    await screen.findByRole("table");
    const before = screen.getAllByText(/^95.%.CI of the estimate/).map((each) => each.textContent);
    await choose(/Alkaline/, "Elevated");
    await waitFor(() => {
      const after = screen.getAllByText(/^95.%.CI of the estimate/).map((each) => each.textContent);
      expect(after[0]).not.toBe(before[0]);
      expect(after[1]).not.toBe(before[1]);
    });
  });

  it("a further field is added with its own control, and removed again", async () => {
    await user.selectOptions(screen.getByLabelText("Change another field"), "alp");
    expect(await screen.findByText(/^Several factors differ/)).toBeVisible();
    expect(editor().getByText("Not known in the form: assumed for the comparison only.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Remove Alkaline phosphatase (ALP)" }));
    await waitFor(() => expect(screen.queryByText(/^Several factors differ/)).toBeNull());
    expect(screen.getByLabelText("Change another field")).toHaveFocus();
  });

  it("the endpoint is the one of Estimate, changed by keyboard", async () => {
    const tab = await screen.findByRole("tab", { name: "Overall survival" });
    tab.focus();
    await user.keyboard("{ArrowRight}");
    expect(await screen.findByRole("heading", { name: "Median progression-free survival" })).toBeVisible();
    expect(screen.getByText(/Only the median PFS is published/)).toBeVisible();
  });

  it("survives leaving the room, undo too, but not another patient", async () => {
    await screen.findByRole("table");
    location.hash = "#/estimate";
    dispatchEvent(new HashChangeEvent("hashchange"));
    await waitFor(() => expect(screen.queryByRole("region", { name: "Second version" })).toBeNull());
    await goTo("compare");
    expect(await screen.findByRole("table")).toBeVisible();
    await choose(/Alkaline/, "Elevated");
    await user.click(form().getByRole("button", { name: "Undo" }));
    expect(
      within(form().getByRole("group", { name: /Alkaline/ })).getByRole("radio", { name: "Unknown" }),
    ).toBeChecked();
    expect(editor().getByRole("group", { name: /ECOG/ })).toBeVisible();
    expect(screen.getByRole("table")).toBeVisible();
    await user.click(form().getByRole("button", { name: "Clear" }));
    await fill("NEC");
    expect(await screen.findByText("Choose at the left what differs in the second version.")).toBeVisible();
  });

  it("a second version like the first is not compared", async () => {
    await choose(/ECOG/, "1", editor());
    expect(await screen.findByText(/same values as the patient/)).toBeVisible();
    expect(screen.queryByRole("table")).toBeNull();
  });
});

describe("treatment", () => {
  it("its caution stands outside whatever scrolls, is announced, and names the published regimens beside", async () => {
    await fill("NET G3");
    await user.click(await screen.findByRole("button", { name: /^Platinum/ }));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent(
      /^Not a basis for choosing treatment: an association in a cohort that was not randomised\./,
    );
    expect(screen.getByRole("main")).not.toContainElement(alert);
    expect(alert.closest("aside")).toBeNull();
    expect(screen.getByText("assumed, not known in the form")).toBeVisible();
    expect(screen.getByRole("table", { name: /by first-line regimen/ })).toBeVisible();
    await choose(/^Tumour/, "NEC");
    await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent(/NEC models hold no treatment/));
  });
});

describe("versions that are not estimated or not valid", () => {
  it("says which and why, and shows the other one", async () => {
    await fill("NET G3", "3");
    await user.click(await screen.findByRole("button", { name: /^PS\s3 now/ }));
    expect(await screen.findByRole("heading", { name: "These two cannot be compared" })).toBeVisible();
    expect(screen.getByText(/^No estimate: PS\s3$/)).toBeVisible();
    expect(screen.getByText("PS 3 in NET G3 was too rare in the study to be modelled.")).toBeVisible();
    expect(screen.getByText(/^Estimated: PS\s2$/)).toBeVisible();
  });

  it("a wrong number of the second version is named beside its field", async () => {
    await fill("NEC");
    await user.selectOptions(await screen.findByLabelText("Change a field"), "age");
    const age = editor().getByLabelText("Age");
    expect(age).toHaveFocus();
    await user.clear(age);
    await user.type(age, "7.5");
    await user.tab();
    const message = "Age cannot be 7.5; allowed: a whole number from 18 to 110.";
    expect(await editor().findByRole("alert")).toHaveTextContent(message);
    expect(await screen.findByRole("heading", { name: "No comparison until this is right" })).toBeVisible();
  });
});
