// First: an old Node is told so before a package breaks on it.
import "./fixtures/target/require-node.ts";
import { defineConfig } from "vitest/config";
import { defineSuite, STAGING_CASES } from "./fixtures/suite-config.ts";

export default defineConfig(({ mode }) => defineSuite(mode, STAGING_CASES));
