import type { Command } from './command.ts'

/** A command by name, its module loaded when it is asked for. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  load(): Promise<Command>
}

/** Every command, in the order of the help. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: 'run',
    summary: 'run an orchestration file',
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'check',
    summary: 'report every mistake of orchestration files',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  {
    name: 'plan',
    summary: 'show what a file would run, and when',
    load: async () => (await import('./plan.ts')).planCommand,
  },
  {
    name: 'once',
    summary: 'run one prompt or command, supervised and accounted for',
    load: async () => (await import('./once.ts')).onceCommand,
  },
  {
    name: 'report',
    summary: 'show an earlier run from its journal',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  {
    name: 'doctor',
    summary: 'say what a file needs on this machine and what lacks',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'runtimes',
    summary: 'list the runtimes and the versions found here',
    load: async () => (await import('./runtimes.ts')).runtimesCommand,
  },
  {
    name: 'import',
    summary: 'turn another tool’s file into an orchestration file',
    load: async () => (await import('./import.ts')).importCommand,
  },
]
