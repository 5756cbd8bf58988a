import { mount } from "svelte";
import App from "./App.svelte";
import { connectHost } from "./host/host.svelte.ts";
import "./ui/tokens.css";

mount(App, { target: document.getElementById("app")!, props: { host: connectHost() } });
