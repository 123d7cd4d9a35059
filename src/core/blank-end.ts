import type { AttemptEnded } from './event.ts'

/** The end of an attempt of which nothing is known but what is given: it never ran, or who watched it died. */
export function blankEnd(
  known: Pick<AttemptEnded, 'id' | 'attempt' | 'failure' | 'durationMs' | 'runtime' | 'model' | 'accounting'>,
): AttemptEnded {
  return {
    type: 'attempt.ended',
    exitCode: null,
    signal: null,
    text: '',
    textTruncated: false,
    json: null,
    outputs: {},
    tail: '',
    denials: 0,
    session: null,
    stdoutFile: null,
    stderrFile: null,
    patchFile: null,
    ...known,
  }
}
