import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'

/** `orchestrator compile FILE`. */
export const compileCommand: Command = {
  name: 'compile',
  load: async () => (await import('./carry-out.ts')).compileWorkflow,
  about: 'turn a file into a workflow of jobs, so that GitHub schedules its instances',
  usage: ['[FILE] --target github [--jobs level|instance] [--output PATH] [--check]'],
  maxOperands: 1,
  options: {
    target: { value: 'TARGET', choices: ['github'], about: 'what to write: a workflow of GitHub' },
    jobs: { value: 'HOW', choices: ['level', 'instance'], about: 'a job for each level (default) or each instance' },
    output: { value: 'PATH', about: 'write the workflow there; default: print it' },
    check: { about: 'write nothing; say whether the workflow at PATH is what would be written' },
    on: { value: 'EVENT', repeatable: true, about: 'what starts it; default: pull_request and workflow_dispatch' },
    action: { value: 'REF', about: 'the action its jobs use (org/orchestrator-action@v1); best with a commit' },
    'runs-on': { value: 'LABEL', about: 'runner of its jobs (ubuntu-latest)' },
    secret: { value: 'NAME', repeatable: true, about: 'secrets that jobs with agents get, instead of the usual keys' },
    input: inputOption,
  },
  notes: [
    'Each job runs its part of FILE with `mode: shard`, the last collects one report. The file decides what runs: a condition of a job only saves its start.',
    'Nothing of FILE stands in a script of the workflow. Loops, matrices known at run time and whatever shares files stay together in one job.',
    'A workflow that `compile` has not written is not overwritten.',
  ],
  examples: [
    ['orchestrator compile ci.yml --target github', 'see it'],
    ['orchestrator compile ci.yml --target github --jobs instance --output .github/workflows/ci.yml', 'write it'],
    ['orchestrator compile ci.yml --target github --jobs instance --output .github/workflows/ci.yml --check', 'in CI'],
  ],
}
