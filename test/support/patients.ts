/** Synthetic patients as requests: one of each tumour, everything known. */
export const NEC = {
  tumour: "NEC",
  ageYears: 67,
  sex: "male",
  ecogPs: 1,
  ki67Percent: 85,
  alp: "elevated",
  primarySite: "colon",
  firstLine: "platinum-etoposide",
};

export const NET = {
  ...NEC,
  tumour: "NET_G3",
  ageYears: 58,
  ki67Percent: 30,
  alp: "normal",
  primarySite: "pancreas",
};
