/** Fetches the artifacts of this workflow run, for `run-artifacts.test.ts`, and ends whatever the client still waits for. Prints what came of it. */
import { messageOf } from '../../src/core/message-of.ts'
import { fetchRunArtifacts } from '../../src/github/run-artifacts.ts'

const [, , root = '', mostMs] = process.argv
const startedAt = performance.now()
const came = await fetchRunArtifacts(root, () => true, Number(mostMs)).catch((error: unknown) => messageOf(error))
process.stdout.write(`\n${JSON.stringify({ came, tookMs: performance.now() - startedAt })}\n`, () => process.exit())
