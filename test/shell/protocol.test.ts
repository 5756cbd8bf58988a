import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONTENT_SECURITY_POLICY } from "../../src-main/shell/contentSecurityPolicy.ts";
import { createResourceHandler, PRIVILEGED_SCHEME, serveResources } from "../../src-main/shell/protocol.ts";

describe("the app's own scheme", () => {
  let folder: string;
  let request: (name: string, method?: string) => Promise<Response>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hg-nen-protocol-"));
    await mkdir(path.join(folder, "renderer/assets"), { recursive: true });
    await writeFile(path.join(folder, "secret.txt"), "secret");
    await writeFile(path.join(folder, "renderer/app.html"), "<!doctype html>");
    await writeFile(path.join(folder, "renderer/assets/app.js"), "1;");
    await writeFile(path.join(folder, "renderer/assets/Inter.woff2"), new Uint8Array([0, 255]));
    await writeFile(path.join(folder, "renderer/assets/odd.bin"), "x");
    const handle = createResourceHandler(path.join(folder, "renderer"));
    request = (name, method = "GET") => handle({ method, url: `app://hg-nen-prognosis/${name}` });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is one with an origin, storage and a policy that holds", () => {
    expect(PRIVILEGED_SCHEME).toEqual({
      scheme: "app",
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    });
  });

  it.each([
    ["", "text/html; charset=utf-8"],
    ["app.html", "text/html; charset=utf-8"],
    ["assets/app.js", "text/javascript; charset=utf-8"],
    ["assets/Inter.woff2", "font/woff2"],
    ["assets/odd.bin", "application/octet-stream"],
  ])("serves %j as %s", async (name, type) => {
    const response = await request(name);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
  });

  it("serves bytes as they are", async () => {
    const response = await request("assets/Inter.woff2");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
  });

  it("answers HEAD without a body", async () => {
    const response = await request("app.html", "HEAD");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });

  it.each(["nothing.js", "assets", "../secret.txt", "%2e%2e/secret.txt", "assets/../../secret.txt"])(
    "does not find %s",
    async (name) => {
      const response = await request(name);
      expect(response.status).toBe(404);
      expect(await response.text()).toBe("Not found");
    },
  );

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "GET\r\nX: 1", ""])(
    "refuses the method %j",
    async (method) => {
      const response = await request("app.html", method);
      expect(response.status).toBe(405);
      expect(await response.text()).toBe("Method not allowed");
    },
  );

  it.each(["bytes=0-4", "bytes=-1", "bytes=5-1", "bytes=0-99999999999999999999", "lines=1"])(
    "gives all of a file to who asks for the part %s, and offers no parts",
    async (Range) => {
      const asked = new Request("app://hg-nen-prognosis/app.html", { headers: { Range } });
      const response = await createResourceHandler(path.join(folder, "renderer"))(asked);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("<!doctype html>");
      expect(response.headers.has("accept-ranges")).toBe(false);
    },
  );

  it.each([
    ["app.html", "GET"],
    ["nothing.js", "GET"],
    ["app.html", "POST"],
  ])("sends the policy with %s, %s", async (name, method) => {
    const { headers } = await request(name, method);
    expect(headers.get("content-security-policy")).toBe(CONTENT_SECURITY_POLICY);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("is the only one that is handled", () => {
    const schemes: string[] = [];
    serveResources({ handle: (scheme) => schemes.push(scheme) }, folder);
    expect(schemes).toEqual(["app"]);
  });
});
