import { readFileSync } from "node:fs";
import { join } from "node:path";
import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { handlers, localHost } from "../support/host.ts";
import type { About, Endpoint, Patient, Study } from "../../src-main/api/contract.ts";
import { EstimateState } from "../../src-renderer/estimate/estimateState.svelte.ts";
import ModelRoom from "../../src-renderer/model/ModelRoom.svelte";
import { SECTIONS } from "../../src-renderer/model/sections.ts";
import { necPatient, netPatient, readStudy } from "../support/prognosis.ts";

const study: Study = readStudy();
const user = userEvent.setup();
const scrolledTo: string[] = [];

beforeAll(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe(): void {
        // nothing has a size here
      }
      unobserve(): void {
        // nothing was observed
      }
      disconnect(): void {
        // nothing was observed
      }
    },
  );
  // jsdom lays nothing out: what would be brought into view is noted.
  Element.prototype.scrollIntoView = function () {
    scrolledTo.push(this.id);
  };
});

function aboutOf(): About {
  const result = handlers.about({});
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

interface Opened {
  room: EstimateState;
  goTo: (place: string) => Promise<void>;
}

async function open(patient: Patient | null, endpoint: Endpoint = "os", place = ""): Promise<Opened> {
  const host = localHost();
  const room = new EstimateState(host);
  room.endpoint = endpoint;
  if (patient) await room.refresh({ ...patient });
  const { rerender } = render(ModelRoom, { study, about: aboutOf(), host, room, place });
  await screen.findByRole("list", { name: /survival$/ });
  return { room, goTo: (next) => rerender({ place: next }) };
}

const step = (name: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-step="${name}"]`);
  if (!found) throw new Error(`no step ${name}`);
  return found;
};
const text = (element: Element | null | undefined): string =>
  (element?.textContent ?? "").replace(/\s+/g, " ").trim();
/** A shown number: a true minus sign, a percent sign, a no-break space. */
const read = (shown: string): number => Number(shown.replace("\u2212", "-").replace(/[\s\u00a0%]/g, ""));
/** The body of a step's table as shown texts; the row's own heading first. */
const rowsOf = (element: Element | null): string[][] =>
  [...(element?.querySelectorAll("tbody tr") ?? [])].map((row) => [...row.children].map(text));

/** The points of a model's H0, from the baseline table that the page shows. */
function shownBaseline(model: string): { months: number; hazard: number; cumulative: number }[] {
  return [...document.querySelectorAll(`[data-section="baseline"] tbody[data-model="${model}"] tr`)]
    .map((row) => [...row.children].map(text))
    .filter((cells) => cells.length > 1)
    .map(([months, , hazard, cumulative]) => ({
      months: read(months!),
      hazard: read(hazard!),
      cumulative: read(cumulative!),
    }));
}

function hazardAt(model: string, months: number): number {
  const points = shownBaseline(model);
  const i = points.findIndex((point) => months <= point.months);
  const before = i === 0 ? { months: 0, cumulative: 0 } : points[i - 1]!;
  return before.cumulative + points[i]!.hazard * (months - before.months);
}

/** The median by hand: the stretch in which H0 passes `half`. */
function timeOf(model: string, half: number): number | null {
  const points = shownBaseline(model);
  const i = points.findIndex(({ cumulative }) => half <= cumulative);
  if (i < 0) return null;
  const before = i === 0 ? { months: 0, cumulative: 0 } : points[i - 1]!;
  return before.months + (half - before.cumulative) / points[i]!.hazard;
}

const KNOWN: [string, Patient, Endpoint, string][] = [
  ["NEC OS", necPatient({ ageYears: 81, sex: "female", ecogPs: 2, alp: "elevated" }), "os", "nec-os"],
  ["NEC PFS", necPatient({ ecogPs: 3, primarySite: "stomach" }), "pfs", "nec-pfs"],
  ["NET G3 OS", netPatient({ ageYears: 45, firstLine: "platinum-etoposide" }), "os", "net-g3-os"],
  ["NET G3 PFS", netPatient({ ecogPs: 2, firstLine: "platinum-etoposide" }), "pfs", "net-g3-pfs"],
  ["NET G3 OS, past the horizon", netPatient({ ageYears: 30, ecogPs: 0 }), "os", "net-g3-os"],
];

describe("the calculation can be repeated from what the page shows", () => {
  it.each(KNOWN)("%s", async (_name, patient, endpoint, model) => {
    await open(patient, endpoint);
    // 2: β from the printed HR, the product from β and x; 3: their sum
    let lp = 0;
    for (const [, hr, , beta, x, product] of rowsOf(step("coefficients"))) {
      expect(Math.abs(Math.log(read(hr!)) - read(beta!))).toBeLessThanOrEqual(0.000005);
      const exact = Math.log(read(hr!)) * read(x!);
      expect(Math.abs(exact - read(product!))).toBeLessThanOrEqual(0.0000051);
      lp += exact;
    }
    const shownLp = read(text(step("coefficients").querySelector("tfoot td")));
    expect(Math.abs(lp - shownLp)).toBeLessThanOrEqual(0.0000051);
    expect(text(step("predictor"))).toContain(`= ${text(step("coefficients").querySelector("tfoot td"))}`);
    // 4
    const risk = read(/= ([\d.]+)$/.exec(text(step("risk").querySelector(".line")))![1]!);
    expect(Math.abs(Math.exp(shownLp) - risk)).toBeLessThanOrEqual(0.000005 * (risk + 1.1));
    // 5: from the baseline table further down
    const hazards = rowsOf(step("baseline")).map(([months, from, fromHazard, hazard, cumulative]) => {
      const line = read(fromHazard!) + read(hazard!) * (read(months!) - read(from!));
      expect(Math.abs(line - read(cumulative!))).toBeLessThanOrEqual(0.0000015);
      expect(Math.abs(hazardAt(model, read(months!)) - read(cumulative!))).toBeLessThanOrEqual(0.0000015);
      return read(cumulative!);
    });
    expect(hazards.length).toBeGreaterThan(2);
    // 6
    rowsOf(step("survival")).forEach(([, cumulative, exponent, survival], i) => {
      expect(read(cumulative!)).toBe(hazards[i]);
      expect(Math.abs(hazards[i]! * risk - read(exponent!))).toBeLessThanOrEqual(0.00002);
      expect(Math.abs(100 * Math.exp(-hazards[i]! * risk) - read(survival!))).toBeLessThanOrEqual(0.0062);
    });
    // 7
    const shown = text(step("median"));
    const half = Math.LN2 / risk;
    const shownHalf = read(/0\.693147 \/ [\d.]+ = (\d+\.\d+)/.exec(shown)![1]!);
    expect(Math.abs(shownHalf - half)).toBeLessThanOrEqual((0.000005 * half) / risk + 0.000001);
    const months = timeOf(model, shownHalf);
    const printed = /= ([\d.]+) months/.exec(shown);
    if (months === null) {
      expect(shown).toContain("the median lies past 60 months");
      expect(printed).toBeNull();
    } else expect(Math.abs(months - read(printed![1]!))).toBeLessThanOrEqual(0.0015);
  });

  it("shows beside each survival and the median what the Estimate page shows", async () => {
    const patient = necPatient({ alp: "elevated" });
    const { room } = await open(patient);
    if (room.outcome.kind !== "answered") throw new Error("not answered");
    const { landmarks, median } = room.outcome.answer.estimates.os!;
    rowsOf(step("survival")).forEach(([months, , , , shown], i) => {
      const { months: at, survival, lower, upper } = landmarks[i]!;
      const near = (value: number, printed: number): boolean => Math.abs(100 * value - printed) <= 0.5;
      const [, s, l, u] = /^(\d+)\D+(\d+)\D+(\d+)/.exec(shown!) ?? [];
      expect(read(months!)).toBe(at);
      if (survival < 0.01 || (lower ?? 0) < 0.01) return;
      expect([near(survival, Number(s)), near(lower!, Number(l)), near(upper!, Number(u))]).not.toContain(
        false,
      );
    });
    expect(text(step("median"))).toContain(`${median.months!.toFixed(1)} months`);
  });
});

describe("with values that are not known there is a sum over cells, not one LP", () => {
  const UNKNOWNS: [string, Patient, Endpoint, string, number][] = [
    [
      "NEC OS",
      necPatient({ sex: null, alp: "unknown", primarySite: null, ki67Percent: null, ecogPs: 2 }),
      "os",
      "nec-os",
      16,
    ],
    ["NEC PFS", necPatient({ primarySite: null }), "pfs", "nec-pfs", 2],
    ["NET G3 OS", netPatient({ alp: "unknown", firstLine: null }), "os", "net-g3-os", 4],
    ["NET G3 PFS", netPatient({ firstLine: null }), "pfs", "net-g3-pfs", 2],
  ];

  it.each(UNKNOWNS)("%s", async (_name, patient, endpoint, model, count) => {
    await open(patient, endpoint);
    const cells = rowsOf(step("predictor")).map(([name, weight, lp, risk]) => ({
      name: name!,
      weight: read(weight!),
      lp: read(lp!),
      risk: read(risk!),
    }));
    expect(cells).toHaveLength(count);
    expect(Math.abs(cells.reduce((sum, { weight }) => sum + weight, 0) - 1)).toBeLessThanOrEqual(
      count * 0.000005,
    );
    // LP of each cell: what is known, plus the β of the unknown levels in some combination of them
    const terms = rowsOf(step("coefficients"));
    const known = read(text(step("coefficients").querySelector("tfoot td")));
    const free = terms.filter(([, , , , x]) => x === "averaged").map(([, , , beta]) => read(beta!));
    const combinations = free.reduce<number[]>(
      (sums, beta) => sums.flatMap((sum) => [sum, sum + beta]),
      [known],
    );
    const sorted = (values: number[]): number[] => values.toSorted((a, b) => a - b);
    sorted(cells.map(({ lp }) => lp)).forEach((lp, i) => {
      expect(Math.abs(lp - sorted(combinations)[i]!)).toBeLessThanOrEqual(0.00004);
    });
    for (const { lp, risk } of cells) {
      expect(Math.abs(Math.exp(lp) - risk)).toBeLessThanOrEqual(0.000005 * (risk + 1.1));
    }
    // weights are products of the shares that the case mix shows
    const shares = [...document.querySelectorAll('[data-section="case-mix"] table')]
      .flatMap((table) => rowsOf(table))
      .filter((row) => row.length === 5)
      .map(([, level, , share]) => ({ level: level!, share: read(share!) }));
    const tumourShares = shares.slice(...(model.startsWith("net") ? [13] : [0, 13]));
    for (const { name, weight } of cells) {
      const product = name
        .split(", ")
        .reduce((all, level) => all * tumourShares.find((known) => known.level === level)!.share, 1);
      expect(Math.abs(product - weight)).toBeLessThanOrEqual(0.00002);
    }
    // the sum at every landmark and at the median, as the reader would choose them
    const half = read(/which is (\d+\.\d+)/.exec(text(step("median")))![1]!);
    const survivals = rowsOf(step("survival").querySelector("table"));
    const choices = within(step("survival")).getAllByRole("radio");
    expect(choices).toHaveLength(survivals.length + 1);
    for (const [i, choice] of choices.entries()) {
      await user.click(choice);
      const hazard = i < survivals.length ? read(survivals[i]![1]!) : half;
      const sum = cells.reduce((total, { weight, risk }) => total + weight * Math.exp(-hazard * risk), 0);
      const table = step("survival").querySelector("table[data-sum]");
      const shown = read(text(table?.querySelector("tfoot td")));
      expect(Math.abs(100 * sum - shown)).toBeLessThanOrEqual(0.02);
      if (i < survivals.length) expect(read(survivals[i]![2]!)).toBe(shown);
      else expect(shown).toBe(50);
      rowsOf(table).forEach(([, weight, risk, part]) => {
        expect(Math.abs(read(weight!) * Math.exp(-hazard * read(risk!)) - read(part!))).toBeLessThanOrEqual(
          0.00002,
        );
      });
    }
    const months = timeOf(model, half)!;
    expect(text(step("median"))).toMatch(/= [\d.]+ months/);
    const printed = read(/= ([\d.]+) months/.exec(text(step("median")))![1]!);
    expect(Math.abs(months - printed)).toBeLessThanOrEqual(0.0015);
  });
});

describe("whose calculation it is", () => {
  it("with nobody entered: an example, marked as one, with the way to enter a patient", async () => {
    await open(null);
    expect(
      screen.getByText(/A synthetic patient, not one of yours: no patient has been entered/),
    ).toBeVisible();
    expect(screen.getByText("Example", { selector: "strong" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Enter a patient" })).toHaveAttribute("href", "#/estimate");
    expect(text(step("values"))).toContain("67 years");
    await user.click(screen.getByRole("radio", { name: "NET G3" }));
    await waitFor(() => expect(text(step("values"))).toContain("58 years"));
  });

  it("with a patient: no word of an example, and the values as entered", async () => {
    await open(necPatient({ ageYears: 44, alp: { value: 214, upperLimit: 105, unit: "U/L" } }));
    expect(screen.queryByText("Example", { selector: "strong" })).toBeNull();
    expect(text(step("values"))).toContain("44 years");
    expect(text(step("values"))).toContain("214 U/L, upper limit 105");
    expect(screen.queryByRole("radio", { name: "NET G3" })).toBeNull();
  });

  it("with a patient whom the models do not cover: the example, and why it is one", async () => {
    await open(necPatient({ ecogPs: 4 }));
    expect(screen.getByText(/the models do not cover the patient that was entered/)).toBeVisible();
    expect(text(step("values"))).toContain("67 years");
  });

  it("follows the patient and the endpoint", async () => {
    const { room } = await open(necPatient({ ageYears: 44 }));
    expect(screen.getByRole("list", { name: "NEC, overall survival" })).toBeVisible();
    await user.click(screen.getByRole("radio", { name: "PFS" }));
    expect(await screen.findByRole("list", { name: "NEC, progression-free survival" })).toBeVisible();
    expect(room.endpoint).toBe("pfs");
    await room.refresh({ ...netPatient() });
    expect(await screen.findByRole("list", { name: "NET G3, progression-free survival" })).toBeVisible();
  });

  it("says so when the program fails, instead of showing nothing", async () => {
    const host = localHost();
    const room = new EstimateState(host);
    render(ModelRoom, {
      study,
      about: null,
      room,
      place: "",
      host: { ...host, request: () => Promise.resolve({ ok: false, code: "internal", message: "no study" }) },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("no study");
  });
});

describe("copying", () => {
  it("puts the calculation on the clipboard as lines with tabs and plain minus signs", async () => {
    await open(necPatient({ ageYears: 60 }));
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await user.click(screen.getByRole("button", { name: "Copy the calculation" }));
    expect(await screen.findByText(/^Copied as text with tabs/)).toBeVisible();
    const lines = write.mock.calls[0]![0].split("\n");
    const age = lines.find((line) => line.startsWith("Age, per year"))!.split("\t");
    expect(age.slice(1, 6)).toEqual(["1.01", "1.00–1.02", "0.00995", "-8", "-0.07960"]);
    expect(lines.join("\n")).not.toMatch(/[*\u2212\u00a0]|_\{|undefined|null/);
    write.mockRestore();
  });

  it("shows the text, selected, where the clipboard is closed", async () => {
    await open(null);
    const write = vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("denied"));
    await user.click(screen.getByRole("button", { name: "Copy the calculation" }));
    const area = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "The calculation as text" });
    expect(area).toHaveFocus();
    expect(area.selectionEnd - area.selectionStart).toBe(area.value.length);
    expect(area.value).toContain("A synthetic patient, not one of yours");
    write.mockRestore();
  });
});

describe("sections", () => {
  it("opens at a place, and follows it when it changes", async () => {
    scrolledTo.length = 0;
    const { goTo } = await open(null, "os", "check");
    await waitFor(() => expect(scrolledTo).toEqual(["model-check"]));
    expect(screen.getByRole("heading", { name: "Consistency check" })).toHaveFocus();
    await goTo("limits");
    await waitFor(() => expect(scrolledTo).toEqual(["model-check", "model-limits"]));
    await goTo("nowhere");
    expect(scrolledTo).toHaveLength(2);
  });

  it("has a link for each, in the order of the page", async () => {
    await open(null);
    const links = within(screen.getByRole("navigation", { name: "Sections of this page" })).getAllByRole(
      "link",
    );
    expect(links.map((link) => link.getAttribute("href"))).toEqual(SECTIONS.map((id) => `#/model/${id}`));
    const headings = screen.getAllByRole("heading", { level: 3 }).map(text);
    expect(headings).toEqual(links.map(text));
  });
});

describe("what stands below the calculation", () => {
  it("the check: every verdict agrees with the numbers beside it, in words, in the picture and in the sum", async () => {
    await open(null);
    const verdicts: Record<string, string[]> = {};
    for (const row of document.querySelectorAll<HTMLElement>("tr[data-verdict]")) {
      const [group, , published, model, difference, verdict] = [...row.children].map(text);
      (verdicts[verdict!] ??= []).push(group!);
      const [, median, lower, upper] = /^([\d.]+)(?: \(([\d.]+)–([\d.]+)\))?$/.exec(published!)!;
      expect(Math.abs(read(model!) - Number(median) - read(difference!.replace("+", "")))).toBeLessThan(
        0.001,
      );
      if (verdict === "inside" || verdict === "outside") {
        const within = read(model!) >= Number(lower) - 0.05 && read(model!) <= Number(upper) + 0.05;
        expect(within, group).toBe(verdict === "inside");
      }
      if (verdict === "no interval printed") expect(lower).toBeUndefined();
      expect(row.querySelector("a")?.getAttribute("href")).toMatch(/^#\/published\/(nec|net-g3)\/(os|pfs)\//);
    }
    expect(verdicts["outside"]).toEqual([
      "PS 3",
      "Temozolomide/\u200bcapecitabine, Ki\u201167 < 55 %",
      "Temozolomide/\u200beverolimus, Ki\u201167 < 55 %",
    ]);
    expect(verdicts["fitted to this"]).toEqual(["All NEC", "All NEC", "All NET G3", "All NET G3"]);
    expect(verdicts["not in the model"]).toHaveLength(6);
    const section = document.querySelector('[data-section="check"]')!;
    expect(text(section)).toContain(
      `Of ${verdicts["inside"]!.length + 3} published medians with an interval, the model’s median lies inside the interval for ${verdicts["inside"]!.length} and outside it for 3.`,
    );
    // the benchmark, from the same rows
    const tests = [...section.querySelectorAll<HTMLElement>("tbody[data-model]")].flatMap((body) => {
      const rows = [...body.querySelectorAll<HTMLElement>("tr[data-verdict]")];
      const whole = rows.find((row) => row.dataset["verdict"] === "fitted")!;
      const cohort = parseFloat(text(whole.children[2]));
      return rows
        .filter(({ dataset }) => /^(?:in|out)side$/.test(dataset["verdict"]!))
        .map((row) => {
          const [median, lower, upper] = text(row.children[2])
            .match(/[\d.]+/g)!
            .map(Number) as [number, number, number];
          const model = read(text(row.children[3]));
          const off = (of: number): number => Math.abs(of - median) / median;
          return { holds: cohort >= lower && cohort <= upper, off: off(model), cohortOff: off(cohort) };
        });
    });
    expect(tests).toHaveLength(25);
    expect(text(section)).toContain(
      `lies inside ${tests.filter(({ holds }) => holds).length} of the same 25.`,
    );
    const mean = (values: number[]): string =>
      `${Math.round((100 * values.reduce((sum, value) => sum + value, 0)) / values.length)} %`;
    expect(text(section)).toContain(
      `relative to it: ${mean(tests.map(({ off }) => off))} for the model, ${mean(tests.map(({ cohortOff }) => cohortOff))} for the whole cohort’s median alone`,
    );
    expect(text(section)).toContain("no validation");
    // lenient: inside a wide interval; not counted: with their numbers, those without a curve too
    expect(text(section)).toContain("NET G3 OS, Age > 75: published 17.5 (5.2–29.8), model 10.0 months");
    expect(text(section)).toContain(
      "NET G3 OS, Ki\u201167 ≥ 55 %: published 8.0 (1.2–14.7), model 21.8 months",
    );
    expect(text(section)).toContain("NEC OS, with SRI uptake: published 13.1, model 7.4 months");
    expect(text(section)).toContain("NEC OS, colorectal primaries: published 6.7, model 6.6 months");
    // in the pictures: a shape of its own for each miss, and the word
    const pictures = [...section.querySelectorAll("figure")];
    expect(pictures).toHaveLength(4);
    expect(pictures.map((picture) => picture.querySelectorAll("path.miss").length)).toEqual([1, 0, 2, 0]);
    expect(pictures.map((picture) => picture.querySelectorAll("circle.dot").length)).toEqual([10, 0, 9, 3]);
    expect(
      pictures.flatMap((picture) => [...picture.querySelectorAll("text.verdict.outside")].map(text)),
    ).toEqual(["outside", "outside", "outside"]);
  });

  it("the case mix: the shares of the risk groups, which are no thirds where many share one LP", async () => {
    await open(null);
    const rows = rowsOf(document.querySelector('[data-section="case-mix"] table.narrow'));
    expect(rows.map((row) => row.at(-1))).toEqual([
      "33.4 / 33.6 / 33.1",
      "44.7 / 23.6 / 31.7",
      "33.5 / 33.2 / 33.3",
      "54.3 / 24.2 / 21.5",
    ]);
    expect(document.body.textContent).not.toMatch(/risk thirds/i);
  });

  it("the intervals: where the draws come from, and what they leave out", async () => {
    await open(null);
    const { seed, study: id } = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../assets/studies/nordic-nec-2/baseline.json"), "utf8"),
    ) as { seed: number; study: string };
    const section = text(document.querySelector('[data-section="intervals"]'));
    expect(section).toContain(`seeded with ${seed} (NEC OS)`);
    expect(section).toContain(`${seed + 3} (NET G3 PFS)`);
    expect(section).toContain(`assets/studies/${id}/baseline.json`);
    expect(section).toContain("hazards that are not proportional");
    // formulas are set, everywhere
    expect(text(document.querySelector("main"))).not.toMatch(/\*\w+\*|[_^]\{/);
  });

  it("the limits: with the numbers that the core works out", async () => {
    await open(null);
    const section = text(document.querySelector('[data-section="limits"]'));
    expect(section).toContain("NET G3 OS has 5 coefficients on 109 patients");
    const hazards = [
      ...document.querySelectorAll('[data-section="baseline"] tbody[data-model="net-g3-os"] tr'),
    ].map((row) => read(text(row.children[2])));
    expect(section).toContain(
      `NET G3 OS at 36 months, from ${hazards[2]!.toFixed(4)} to ${hazards[3]!.toFixed(4)} per month`,
    );
    expect(section).toMatch(/0\.0 % in NEC and 9\.6 % in NET G3/);
    expect(section).toContain("0.59 (NEC PFS)");
    expect(section).toContain(
      "without them it would be 0.61 (NEC OS), 0.61 (NEC PFS), 0.70 (NET G3 OS) and 0.71 (NET G3 PFS)",
    );
  });

  it("the coefficients: SE from the printed interval, or from p where the study says so", async () => {
    await open(null);
    const rows = rowsOf(document.querySelector('[data-section="coefficients"]')).filter(
      (row) => row.length === 8,
    );
    expect(rows).toHaveLength(20);
    for (const [, hr, interval, , beta, se, from] of rows) {
      expect(Math.abs(Math.log(read(hr!)) - read(beta!))).toBeLessThanOrEqual(0.000005);
      const [lower, upper] = interval!.split("–").map(Number) as [number, number];
      if (from === "interval") {
        expect(Math.abs((Math.log(upper) - Math.log(lower)) / 3.92 - read(se!))).toBeLessThanOrEqual(0.00005);
      } else expect([from, hr, se]).toEqual(["p", "1.01", "0.0041"]);
    }
  });

  it("the label: versions, maker, what it is not; a release date only where there is one", async () => {
    await open(null);
    const label = text(document.querySelector('[data-section="label"]'));
    for (const part of ["0.0.0-test", study.modelVersion, "HG-NEN Prognosis project", study.citation.doi]) {
      expect(label).toContain(part);
    }
    expect(label).toContain("Not a medical device. No CE mark.");
    expect(label).toContain("Release date not released yet");
  });

  it("the label with a release date", async () => {
    const host = localHost();
    const room = new EstimateState(host);
    render(ModelRoom, { study, about: null, host, room, place: "", releaseDate: "2026-03-01" });
    expect(await screen.findByText("1 March 2026")).toBeVisible();
    expect(screen.queryByText("not released yet")).toBeNull();
  });
});
