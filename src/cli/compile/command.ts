import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'

/** `orchestrator compile FILE`. */
export const compileCommand: Command = {
  name: 'compile',
  load: async () => (await import('./carry-out.ts')).compileWorkflow,
  about: 'turn a file into a workflow of jobs that GitHub schedules',
  usage: ['[FILE] --target github [--jobs level|instance] [--output PATH] [--check]'],
  maxOperands: 1,
  options: {
    target: { value: 'TARGET', choices: ['github'], about: 'what to write: a GitHub workflow' },
    jobs: { value: 'HOW', choices: ['level', 'instance'], about: 'one job per level (default) or per instance' },
    output: { value: 'PATH', about: 'write the workflow there; default: print it' },
    check: { about: 'write nothing; check that the workflow at PATH is up to date' },
    on: {
      value: 'EVENT',
      repeatable: true,
      about: 'the event that triggers it; default: pull_request and workflow_dispatch',
    },
    action: { value: 'REF', about: 'the action its jobs use (org/orchestrator-action@v1); best with a commit' },
    'runs-on': { value: 'LABEL', about: 'runner of its jobs (ubuntu-latest)' },
    secret: { value: 'NAME', repeatable: true, about: 'a secret for the jobs with agents, instead of the usual keys' },
    input: inputOption,
  },
  notes: [
    "Each job runs its part of FILE with `mode: shard`; the last one collects a single report. The file decides what runs: a job's condition only saves starting it for nothing.",
    'No text from FILE becomes part of a script in the workflow. Loops, matrices known at run time and whatever shares files stay together in one job.',
    'A workflow that `compile` did not write is never overwritten.',
  ],
  examples: [
    ['orchestrator compile ci.yml --target github', 'see it'],
    ['orchestrator compile ci.yml --target github --jobs instance --output .github/workflows/ci.yml', 'write it'],
    ['orchestrator compile ci.yml --target github --jobs instance --output .github/workflows/ci.yml --check', 'in CI'],
  ],
}
