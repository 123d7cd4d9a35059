import { resolve } from 'node:path'

/** The repository. */
export const root = resolve(import.meta.dirname, '..')

/** The command line that is measured: `dist/`, or what the environment names (`ORCHESTRATOR=src/cli/main.ts` runs the sources). */
export const cli = resolve(root, process.env['ORCHESTRATOR'] ?? 'dist/cli/index.js')
