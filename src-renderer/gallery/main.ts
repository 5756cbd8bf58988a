import { mount } from "svelte";
import "../ui/tokens.css";
import Gallery from "./Gallery.svelte";

mount(Gallery, { target: document.getElementById("app")! });
