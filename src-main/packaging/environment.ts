import type { Configuration } from "electron-builder";

type Environment = Readonly<Record<string, string | undefined>>;

/** What names a certificate of a Mac's: a file, or one in a keychain. */
const MAC_CERTIFICATE = ["CSC_LINK", "CSC_NAME", "CSC_KEYCHAIN"] as const;
/** Azure's account for signing; who signs is told to Azure's own library by AZURE_TENANT_ID, AZURE_CLIENT_ID and others. */
const AZURE = {
  endpoint: "AZURE_SIGNING_ENDPOINT",
  codeSigningAccountName: "AZURE_SIGNING_ACCOUNT",
  certificateProfileName: "AZURE_SIGNING_PROFILE",
  publisherName: "AZURE_SIGNING_PUBLISHER",
} as const;

export interface FromEnvironment {
  /** laid over electron-builder.yml */
  configuration: Configuration;
  /** for electron-builder, where the variable is not there */
  variables: Record<string, string>;
  /** what a build on this system is signed with, in words */
  signing: string;
}

/**
 * What of a build depends on the environment. Nothing is signed unless variables say with what; those that
 * electron-builder reads itself (CSC_LINK, WIN_CSC_LINK, APPLE_API_KEY and their passwords) go by here.
 *
 * Throws where signing is asked for by half, and where it is demanded with nothing to sign with.
 */
export function fromEnvironment(env: Environment, platform: NodeJS.Platform): FromEnvironment {
  const dist = env["ELECTRON_OVERRIDE_DIST_PATH"];
  const common: Configuration = {
    ...(dist && { electronDist: dist }),
    // A release that must be signed fails where it would not be.
    ...(env["FORCE_CODE_SIGNING"] === "true" && { forceCodeSigning: true }),
  };
  if (platform === "win32") {
    const azure = azureAccount(env);
    const named = azure ? "Azure's account" : (env["WIN_CSC_LINK"] ?? env["CSC_LINK"]) && "a certificate";
    if (!named) refuseUnsigned(common, "WIN_CSC_LINK");
    return {
      configuration: azure ? { ...common, win: { azureSignOptions: azure } } : common,
      variables: {},
      signing: named || "nothing",
    };
  }
  if (platform !== "darwin") return { configuration: common, variables: {}, signing: "nothing" };
  if (MAC_CERTIFICATE.some((name) => env[name])) {
    return { configuration: common, variables: {}, signing: "a certificate" };
  }
  // SECURITY: electron-builder takes a signature without a name for one.
  refuseUnsigned(common, MAC_CERTIFICATE.join(" or "));
  return {
    // A Mac with Apple's processor starts nothing that is not signed at all. The hardened runtime refuses the libraries
    // of a signature without a name, so it needs a certificate; what is to be given to others needs one anyway.
    configuration: { ...common, mac: { identity: "-", hardenedRuntime: false } },
    // A developer's own certificate is not used because it happens to be there.
    variables: { CSC_IDENTITY_AUTO_DISCOVERY: "false" },
    signing: "a signature without a name, for this computer only",
  };
}

function refuseUnsigned({ forceCodeSigning }: Configuration, variable: string): void {
  if (forceCodeSigning)
    throw new Error(`FORCE_CODE_SIGNING is set, and nothing to sign with: set ${variable}`);
}

function azureAccount(env: Environment): Record<keyof typeof AZURE, string> | null {
  const entries = Object.entries(AZURE).map(([option, name]) => ({ option, name, value: env[name] }));
  const missing = entries.filter(({ value }) => !value);
  if (missing.length === entries.length) return null;
  if (missing.length > 0) {
    throw new Error(`for signing with Azure also set ${missing.map(({ name }) => name).join(", ")}`);
  }
  return Object.fromEntries(entries.map(({ option, value }) => [option, value])) as Record<
    keyof typeof AZURE,
    string
  >;
}
