import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import PublishedRoom from "../../src-renderer/published/PublishedRoom.svelte";
import { localHost } from "../support/host.ts";
import { readStudy } from "../support/prognosis.ts";

const study = readStudy();
const user = userEvent.setup();

/** Ids and tokens of the elements that stand for values. */
const idsOnPage = (): string[] =>
  [...document.querySelectorAll<HTMLElement>("[data-ids]")].flatMap((value) =>
    value.dataset["ids"]!.split(" "),
  );
const valueOf = (id: string): HTMLElement => document.querySelector<HTMLElement>(`[data-ids~="${id}"]`)!;
const filter = (): HTMLElement => screen.getByRole("searchbox", { name: "Filter" });
const detailsOf = (): HTMLElement => screen.getByRole("group", { name: "Where this value stands" });

const enter = (place = "") => render(PublishedRoom, { study, about: null, host: localHost(), place });

beforeEach(() => {
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView = vi.fn<Element["scrollIntoView"]>();
  window.ResizeObserver = class {
    observe(): void {
      // no sizes to watch
    }
    unobserve(): void {
      // none was watched
    }
    disconnect(): void {
      // none was watched
    }
  };
  location.hash = "#/published";
});

afterEach(async () => {
  const box = screen.queryByRole("searchbox", { name: "Filter" });
  if (box) await user.clear(box);
});

describe("everything published stands on the page once", () => {
  beforeEach(() => void enter());

  it("has every result of the study, each at one place", () => {
    const onPage = idsOnPage().filter((id) => !id.startsWith("table-3/"));
    expect(onPage.toSorted()).toEqual(study.results.map(({ id }) => id).toSorted());
  });

  it("has every hazard ratio of every model, with its interval and p as printed", () => {
    for (const model of study.models) {
      for (const term of model.terms) {
        const levels = term.kind === "linear" ? [{ level: "per-year" }] : term.levels;
        for (const { level } of levels) {
          expect(valueOf(`table-3/${model.id}/${term.covariate}/${level}`)).toBeInTheDocument();
        }
      }
    }
    expect(valueOf("table-3/nec-pfs/ecogPs/2")).toHaveTextContent("1.6 (1.20–2.15)");
    expect(valueOf("table-3/net-g3-os/alp/elevated")).toHaveTextContent("2.74 (1.70–4.43) p < 0.001");
    expect(valueOf("table-3/net-g3-pfs/ecogPs/0")).toHaveTextContent("Ref.†has a note p = 0.057");
  });

  it("leaves no result to the section for what no other knows", () => {
    expect(screen.queryByRole("heading", { name: /Other values/ })).toBeNull();
  });

  it("links each value to its own address", () => {
    for (const { id, pooled } of study.results) {
      if (pooled) continue;
      expect(valueOf(id)).toHaveAttribute("href", `#/published/${id}`);
    }
  });

  it("marks what is printed for both tumours together, and only that", () => {
    for (const { id, pooled } of study.results) {
      const cell = valueOf(id).closest("td")!;
      expect(cell.textContent.includes("All tumours together"), id).toBe(pooled === true);
      if (pooled) expect(cell).toHaveAttribute("colspan", "2");
    }
  });

  it("lists every inconsistency with the article's words", () => {
    for (const { id } of study.slips) expect(document.querySelector(`[data-slip="${id}"]`)).not.toBeNull();
    expect(screen.getByText(/responses alone; complete and partial together/)).toBeVisible();
  });

  it("shows all eleven panels, eight of them with curves once they are computed", async () => {
    expect(screen.getAllByRole("heading", { level: 4 })).toHaveLength(11);
    await waitFor(() => expect(screen.getAllByRole("img", { name: /reconstructed/ })).toHaveLength(8));
    expect(screen.getAllByRole("img", { name: /published medians only/ })).toHaveLength(2);
    const panel = screen.getByRole("article", { name: /Fig\. 2b/ });
    expect(within(panel).getByText(/without a printed median no curve is drawn/)).toBeVisible();
    expect(within(panel).queryByRole("img")).toBeNull();
  });
});

describe("figure panels", () => {
  it("gives the published median beside the reconstructed survival, both in a table", async () => {
    enter();
    const table = await screen.findByRole("table", { name: /^Fig\. 2a, OS in NEC by performance status/ });
    const row = within(table).getByRole("row", { name: /PS 1 n\s=\s195/ });
    expect(within(row).getByRole("link")).toHaveTextContent("8.0 (6.4–9.6)");
    await waitFor(() => expect(within(row).getAllByRole("cell")[1]).toHaveTextContent(/^\d+$/));
  });

  it.each([
    ["1c", "23.7 (18.7–28.8)", /better short-time survival but similar long-time survival/],
    [
      "1d",
      "7.6 (3.5–11.8)",
      /was prognostic and predicted survival in NEC, however, short-time survival was similar/,
    ],
  ])(
    "Fig. %s has no curve, because the article says that its curves meet or part",
    async (id, median, said) => {
      enter();
      await waitFor(() => expect(screen.getAllByRole("img", { name: /reconstructed/ })).not.toHaveLength(0));
      const panel = screen.getByRole("article", { name: new RegExp(`Fig\\. ${id}`) });
      const picture = within(panel).getByRole("img");
      expect(picture).toHaveAccessibleName(/no curve/);
      expect(panel.querySelector("polyline")).toBeNull();
      expect(within(panel).getByText(/The reconstruction cannot show that/)).toBeVisible();
      expect(within(panel).getByText(/separated two prognostic groups/)).toBeVisible();
      expect(within(panel).getByText(said)).toBeVisible();
      expect(within(panel).getByRole("table")).toHaveTextContent(median);
      expect(within(panel).getByRole("table")).not.toHaveTextContent("% at months");
    },
  );

  it("says why when the curves cannot be had, and keeps the published medians", async () => {
    const host = {
      ...localHost(),
      request: () => Promise.resolve({ ok: false as const, code: "internal" as const, message: "no core" }),
    };
    render(PublishedRoom, { study, about: null, host, place: "" });
    expect((await screen.findAllByText("The curves could not be computed: no core")).length).toBeGreaterThan(
      0,
    );
    expect(valueOf("nec/os/ps-1")).toHaveTextContent("8.0 (6.4–9.6)");
  });
});

describe("values whose groups are formed after time zero", () => {
  it.each([
    ["PRRT", ["46.2 against 15.7", "28.0 months of OS from the start of PRRT against 11.1"]],
    ["Response and toxicity", ["20.6, 11.7 and 9.9"]],
  ])("%s: names the guarantee time in plain sight, with the article's numbers", (name, numbers) => {
    enter();
    const region = screen.getByRole("region", { name: new RegExp(`^${name}`) });
    const note = within(region).getByRole("note");
    expect(note).toBeVisible();
    expect(note).toHaveTextContent("Guarantee time (immortal time bias)");
    for (const each of numbers) expect(note).toHaveTextContent(each);
  });
});

describe("an address brings its value into view", () => {
  it("opens the value, shows its place and moves the focus to it", async () => {
    enter("nec/os/ps-1");
    await waitFor(() => expect(valueOf("nec/os/ps-1")).toHaveFocus());
    expect(valueOf("nec/os/ps-1")).toHaveAttribute("aria-expanded", "true");
    expect(detailsOf()).toHaveTextContent("median 8.0 months (95 % CI 6.4–9.6), n = 195");
    expect(within(detailsOf()).getByText("Table 2, row OS PS 1")).toBeVisible();
    expect(within(detailsOf()).getByText("OS PS 1 8.0 m (6.4–9.6) 19.4 m (12.6–26.2)")).toBeVisible();
  });

  it("follows when the address changes while the room is open", async () => {
    const { rerender } = enter("nec/os/ps-1");
    await rerender({ place: "net-g3/prrt/os-given" });
    await waitFor(() => expect(valueOf("net-g3/prrt/os-given")).toHaveFocus());
    expect(screen.getAllByRole("group", { name: "Where this value stands" })).toHaveLength(1);
    expect(detailsOf()).toHaveTextContent("46.2");
  });

  it.each([
    ["the beginning of an id", "nec/os", "nec/os/all"],
    ["the second address of a value of both tumours", "net-g3/cohort/registered", "nec/cohort/registered"],
  ])("understands %s", async (_, place, id) => {
    enter(place);
    await waitFor(() => expect(valueOf(id)).toHaveFocus());
  });

  it.each([
    ["table-3", "Multivariable models Table 3"],
    ["figures/2a", "Fig. 2a OS in NEC by performance status"],
  ])("goes to %s", async (place, name) => {
    enter(place);
    await waitFor(() => expect(screen.getByRole("heading", { name })).toHaveFocus());
  });

  it("says so when nothing stands at an address", () => {
    enter("nec/os/ps-9");
    expect(screen.getByText(/Nothing stands at the address “nec\/os\/ps-9”/)).toBeVisible();
  });

  it("empties a filter that would hide what the address names", async () => {
    const { rerender } = enter();
    await user.type(filter(), "colon");
    await rerender({ place: "nec/os/ps-1" });
    await waitFor(() => expect(valueOf("nec/os/ps-1")).toHaveFocus());
    expect(filter()).toHaveValue("");
  });

  it("puts a chosen value into the address, and takes it out again", async () => {
    const { rerender } = enter();
    await user.click(valueOf("nec/os/ps-1"));
    expect(location.hash).toBe("#/published/nec/os/ps-1");
    await rerender({ place: "nec/os/ps-1" });
    await user.click(within(detailsOf()).getByRole("button", { name: "Close" }));
    expect(location.hash).toBe("#/published");
    expect(valueOf("nec/os/ps-1")).toHaveFocus();
  });
});

describe("the filter", () => {
  beforeEach(() => void enter());

  it("is reached by / and finds by tumour and word, saying how many", async () => {
    await user.keyboard("/");
    expect(filter()).toHaveFocus();
    await user.keyboard("net g3 alp elevated");
    expect(idsOnPage().toSorted()).toEqual([
      "nec/characteristics/alp-elevated",
      "nec/os/alp-elevated",
      "net-g3/characteristics/alp-elevated",
      "net-g3/os/alp-elevated",
      "table-3/nec-os/alp/elevated",
      "table-3/net-g3-os/alp/elevated",
    ]);
    expect(screen.getByText("Matching: 3 values and 1 figure panel.")).toBeVisible();
  });

  it("finds a value by its number", async () => {
    await user.type(filter(), "nec 11.2");
    expect(idsOnPage()).toContain("nec/os/ps-0");
    expect(screen.getByText("Matching: 1 value.")).toBeVisible();
  });

  it("says what to do when nothing matches, and Escape brings everything back", async () => {
    await user.type(filter(), "zebra");
    expect(idsOnPage()).toHaveLength(0);
    expect(screen.getByRole("heading", { name: "Nothing matches “zebra”" })).toBeVisible();
    expect(screen.getByText(/Try fewer letters/)).toBeVisible();
    await user.keyboard("{Escape}");
    expect(filter()).toHaveValue("");
    expect(idsOnPage()).toContain("nec/os/ps-1");
  });

  it("keeps what is typed when the room is left and entered again", async () => {
    await user.type(filter(), "prrt");
    document.body.replaceChildren();
    enter();
    expect(filter()).toHaveValue("prrt");
  });
});

describe("copy with citation", () => {
  const writeText = vi.fn<Clipboard["writeText"]>();
  beforeEach(() => {
    writeText.mockReset();
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
  });
  const press = async (): Promise<void> =>
    user.click(await screen.findByRole("button", { name: "Copy with citation" }));

  it("copies value, interval, number, place and source, and says so", async () => {
    writeText.mockResolvedValue();
    enter("nec/os/ps-1");
    await press();
    expect(writeText).toHaveBeenCalledExactlyOnceWith(
      "NEC, overall survival, PS 1: median 8.0 months (95 % CI 6.4–9.6), n = 195. " +
        "Sorbye H, et al. British Journal of Cancer 2025;133:316–324, Table 2, row OS PS 1; " +
        "n from Table 1, row ECOG PS 1. doi 10.1038/s41416-025-03054-w",
    );
    expect(await screen.findByText("Copied with citation.")).toBeVisible();
  });

  it("copies a hazard ratio", async () => {
    writeText.mockResolvedValue();
    enter("table-3/nec-os/ki67Percent/at-least-55");
    await press();
    expect(writeText.mock.lastCall?.[0]).toMatch(
      /^NEC, overall survival, multivariable model \(n = 420\), Ki-67 ≥ 55 %, against Ki-67 < 55 %: hazard ratio 1\.44 \(95 % CI 1\.05–1\.98\), p = 0\.02\. Sorbye H, et al\./,
    );
  });

  it("says that a value is of both tumours", async () => {
    writeText.mockResolvedValue();
    enter("nec/untreated/reason-poor-ps");
    await press();
    expect(writeText.mock.lastCall?.[0]).toMatch(
      /^All tumours together, main reason for no chemotherapy, Poor PS: 60 %\./,
    );
  });

  it("says so when the clipboard refuses, and lays the text out for copying by hand", async () => {
    writeText.mockRejectedValue(new DOMException("denied", "NotAllowedError"));
    enter("nec/os/ps-1");
    await press();
    expect(await screen.findByText(/The clipboard refused/)).toBeVisible();
    const text = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Value with citation" });
    expect(text.value).toContain("median 8.0 months");
    expect(text.selectionEnd - text.selectionStart).toBe(text.value.length);
    expect(screen.queryByText("Copied with citation.")).toBeNull();
  });
});
