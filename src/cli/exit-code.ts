/**
 * What the process says when it ends: 0 success, 1 an instance failed (or `doctor` found something missing), 2 the command line or
 * the orchestration file is wrong, 3 a bug of ours, 130 interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 130

/** What the help of every command says of them. */
export const exitCodeHelp = [
  ['0', 'success'],
  ['1', 'an instance failed, or `doctor` found something missing'],
  ['2', 'the command line or the orchestration file is wrong'],
  ['3', 'a bug in the orchestrator'],
  ['130', 'interrupted'],
] as const
