import { join } from 'node:path'
import { builtinAgents } from '../../agents/registry.ts'
import type { Turn } from '../../agents/agent.ts'
import { isBlank, lastLines, plainText } from '../../core/plain-text.ts'
import type { RunState } from '../../core/run-state.ts'
import { tailFile } from '../tail-file.ts'

/** Lines of the result of a tool that are shown. */
const resultLines = 10

/** A transcript of an attempt. */
interface Transcript {
  readonly id: string
  readonly attempt: number
  readonly runtime: string
  /** Relative to the run directory. */
  readonly file: string
}

/** The transcripts of an instance, or of all, in the order in which their attempts ended. */
function transcriptsOf(state: RunState, wanted: string | undefined): Transcript[] {
  return [...state.instances.values()]
    .filter(({ instance }) => wanted === undefined || instance.id === wanted)
    .flatMap(({ attempts }) => attempts.flatMap(({ ended }) => ended ?? []))
    .toSorted((one, other) => one.seq - other.seq)
    .flatMap(({ id, attempt, runtime, transcriptFile: file }) =>
      file === undefined ? [] : [{ id, attempt, runtime, file }],
    )
}

/** Shows the conversations that were kept, as turns or as they are; false where there is none. Throws as `node:fs` does. */
export async function showTranscripts(
  { state, directory }: { readonly state: RunState; readonly directory: string },
  { id, raw }: { readonly id: string | undefined; readonly raw: boolean },
  write: (line: string) => void,
): Promise<boolean> {
  const transcripts = transcriptsOf(state, id)
  const many = transcripts.length > 1
  for (const [index, { id: of, attempt, runtime, file }] of transcripts.entries()) {
    const sessions = builtinAgents.find(({ name }) => name === runtime)?.sessions
    const turns = raw ? undefined : await sessions?.turns?.()
    if (many && !raw) write(`${index > 0 ? '\n' : ''}── ${of}, attempt ${attempt} ──`)
    const tail = tailFile(join(directory, file))
    try {
      for (const line of tail.next()) for (const shown of linesOf(line, turns, runtime)) write(shown)
    } finally {
      tail.close()
    }
  }
  return transcripts.length > 0
}

function linesOf(
  line: string,
  turns: ((line: string) => readonly Turn[]) | undefined,
  runtime: string,
): readonly string[] {
  if (turns === undefined) return [line]
  return turns(line).flatMap(({ by, text }) => {
    if (isBlank(text)) return []
    const lines = plainText(text).trimEnd().split('\n')
    switch (by) {
      case 'user':
      case 'agent':
        return ['', `▌ ${by === 'user' ? 'prompt' : runtime}`, ...lines]
      case 'tool':
        return [`● ${lines.join(' ')}`]
      case 'result':
        return resultOf(text)
    }
  })
}

function resultOf(text: string): string[] {
  const { lines, omitted } = lastLines(plainText(text), resultLines)
  return [...(omitted > 0 ? [`  … ${omitted} more lines`] : []), ...lines.map((line) => `  ${line}`)]
}
