import type { Page } from "playwright-core";

/** Synthetic patients, entered into the form as a user would. */
export const NEC_PATIENT = {
  tumour: "NEC",
  ageYears: "67",
  sex: "male",
  ecogPs: "1",
  ki67Percent: "85",
  alp: "elevated",
  primarySite: "colon",
  firstLine: "platinum-etoposide",
} as const;

export const NET_PATIENT = {
  tumour: "NET_G3",
  ageYears: "61",
  sex: "female",
  ecogPs: "1",
  ki67Percent: "35",
  alp: "normal",
  primarySite: "pancreas",
  firstLine: "platinum-etoposide",
} as const;

type Entered = Partial<Record<keyof typeof NEC_PATIENT, string>>;

/** Fills the form of the Estimate room; what is not named stays as it is. */
export async function enter(page: Page, patient: Entered): Promise<void> {
  await page.getByRole("form").waitFor();
  for (const name of ["tumour", "sex", "ecogPs", "alp"] as const) {
    const value = patient[name];
    if (value !== undefined) await page.check(`input[name=${name}][value="${value}"]`, { force: true });
  }
  for (const id of ["ageYears", "ki67Percent"] as const) {
    const value = patient[id];
    if (value !== undefined) await page.fill(`#${id}`, value);
  }
  for (const id of ["primarySite", "firstLine"] as const) {
    const value = patient[id];
    if (value !== undefined) await page.selectOption(`#${id}`, value);
  }
}

/** Goes to a room by its address and waits until it is there. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), address);
  await page.locator("main#result h2, main#result h1").first().waitFor({ state: "attached" });
}

/** Resolves once fonts are there and the page has been laid out and painted again. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
  });
