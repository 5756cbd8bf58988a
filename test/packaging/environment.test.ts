import { describe, expect, it } from "vitest";
import { fromEnvironment } from "../../src-main/packaging/environment.ts";

const AZURE = {
  AZURE_SIGNING_ENDPOINT: "https://example.invalid/",
  AZURE_SIGNING_ACCOUNT: "account",
  AZURE_SIGNING_PROFILE: "profile",
  AZURE_SIGNING_PUBLISHER: "CN=Publisher",
};

describe("what a build takes from the environment", () => {
  it.each(["linux", "win32"] as const)("is nothing on %s where nothing is set", (platform) => {
    expect(fromEnvironment({}, platform)).toEqual({ configuration: {}, variables: {}, signing: "nothing" });
  });

  it("is a signature without a name on a Mac, and no certificate that happens to be there", () => {
    const { configuration, variables } = fromEnvironment({}, "darwin");
    expect(configuration).toEqual({ mac: { identity: "-", hardenedRuntime: false } });
    expect(variables).toEqual({ CSC_IDENTITY_AUTO_DISCOVERY: "false" });
  });

  it.each(["CSC_LINK", "CSC_NAME", "CSC_KEYCHAIN"])("is the hardened runtime on a Mac with %s", (name) => {
    expect(fromEnvironment({ [name]: "x" }, "darwin")).toEqual({
      configuration: {},
      variables: {},
      signing: "a certificate",
    });
  });

  it.each(["CSC_LINK", "WIN_CSC_LINK"])("is left to electron-builder on Windows with %s", (name) => {
    const { configuration, signing } = fromEnvironment({ [name]: "x" }, "win32");
    expect(configuration).toEqual({});
    expect(signing).toBe("a certificate");
  });

  it("is Azure's account on Windows, and on no other system", () => {
    expect(fromEnvironment(AZURE, "win32").configuration).toEqual({
      win: {
        azureSignOptions: {
          endpoint: "https://example.invalid/",
          codeSigningAccountName: "account",
          certificateProfileName: "profile",
          publisherName: "CN=Publisher",
        },
      },
    });
    expect(fromEnvironment(AZURE, "linux").configuration).toEqual({});
  });

  it.each(Object.keys(AZURE))("is refused with half of Azure's account, without %s", (name) => {
    expect(() => fromEnvironment({ ...AZURE, [name]: "" }, "win32")).toThrow(
      `for signing with Azure also set ${name}`,
    );
  });

  it.each([
    ["win32", "WIN_CSC_LINK"],
    ["darwin", "CSC_LINK or CSC_NAME or CSC_KEYCHAIN"],
  ] as const)("is refused on %s where signing is demanded with nothing to sign with", (platform, what) => {
    expect(() => fromEnvironment({ FORCE_CODE_SIGNING: "true" }, platform)).toThrow(
      `FORCE_CODE_SIGNING is set, and nothing to sign with: set ${what}`,
    );
  });

  it.each(["linux", "win32", "darwin"] as const)(
    "is a demand to sign, and a distribution of Electron's, on %s",
    (platform) => {
      const env = { FORCE_CODE_SIGNING: "true", CSC_LINK: "x", ELECTRON_OVERRIDE_DIST_PATH: "/electron" };
      expect(fromEnvironment(env, platform).configuration).toMatchObject({
        forceCodeSigning: true,
        electronDist: "/electron",
      });
      expect(fromEnvironment({ FORCE_CODE_SIGNING: "false" }, platform).configuration).not.toHaveProperty(
        "forceCodeSigning",
      );
    },
  );
});
