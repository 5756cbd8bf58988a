import { describe, expect, it } from "vitest";
import {
  months,
  monthsBound,
  monthsInterval,
  ordinalPercentile,
  percent,
  percentInterval,
  percentNumber,
  publishedInterval,
  publishedMonths,
  ratio,
} from "../../src-main/words/format.ts";

const N = "\u00a0";

describe("months: one decimal below 12, whole from 12 on, never past the horizon", () => {
  it.each([
    [0, "0.0"],
    [5.4478, "5.4"],
    [11.94, "11.9"],
    [11.96, "12"],
    [12, "12"],
    [41.6, "42"],
  ])("%d → %s", (value, words) => expect(months(value, 60)).toBe(words));

  it("says beyond the horizon instead of a number", () => {
    expect(months(null, 60)).toBe(`>${N}60`);
    expect(monthsInterval(24.2, null, 60)).toBe(`24 to >${N}60`);
    expect(monthsInterval(4.21, 7.07, 60)).toBe("4.2–7.1");
  });
});

describe("survival: whole percent that never rounds to certainty", () => {
  it.each([
    [1, "100"],
    [0.999, `>${N}99`],
    [0.994, "99"],
    [0.4661, "47"],
    [0.01, "1"],
    [0.00999, `<${N}1`],
    [0, `<${N}1`],
  ])("%d → %s", (value, words) => expect(percentNumber(value)).toBe(words));

  it("joins an interval, and says one thing once", () => {
    expect(percentInterval(0.372, 0.555)).toBe("37–56");
    expect(percentInterval(0.001, 0.0256)).toBe(`<${N}1 to 3`);
    expect(percentInterval(0.0001, 0.004)).toBe(`<${N}1`);
    expect(percent(0.21)).toBe(`21${N}%`);
  });
});

describe("published medians stand as printed, to one decimal at every size", () => {
  it("does not round a quotation", () => {
    expect(publishedMonths(21.8)).toBe("21.8");
    expect(publishedInterval(0, 14.4)).toBe("0–14.4");
  });
});

describe("places and ratios", () => {
  it.each([
    [0.2, "1st"],
    [2, "2nd"],
    [3.4, "3rd"],
    [11, "11th"],
    [12.6, "13th"],
    [80.09, "80th"],
    [99.9, "99th"],
  ])("percentile %d is the %s of 100", (value, words) => expect(ordinalPercentile(value)).toBe(words));

  it("prints a hazard ratio with two decimals", () => expect(ratio(1.6)).toBe("1.60"));
});

describe("a bound still holds when it is printed", () => {
  it("rounds away from what it bounds, a whole month from twelve on", () => {
    expect(monthsBound(16.53, "down")).toBe("16");
    expect(monthsBound(16.53, "up")).toBe("17");
    expect(monthsBound(0.79, "up")).toBe("0.8");
    expect(monthsBound(0.71, "up")).toBe("0.8");
    expect(monthsBound(9.19, "down")).toBe("9.1");
  });

  it("leaves alone what needs no rounding", () => {
    expect(monthsBound(7.4, "up")).toBe("7.4");
    expect(monthsBound(7.4, "down")).toBe("7.4");
    expect(monthsBound(36, "up")).toBe("36");
  });
});
