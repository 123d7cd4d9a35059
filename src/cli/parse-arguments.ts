import { parseArgs } from 'node:util'
import { closestName } from '../core/closest-name.ts'
import { shellWord } from '../core/shell-word.ts'
import type { Command, CommandLine, Option } from './command.ts'
import type { Refusal } from '../core/refusal.ts'

const helpOption: Option = { short: 'h', about: 'show this help' }

/** The options of a command with those every command has. */
export function optionsOf(command: Pick<Command, 'options'>): Readonly<Record<string, Option>> {
  return { ...command.options, help: helpOption }
}

/** Reads the arguments after the command's name. */
export function parseArguments(command: Command, args: readonly string[]): CommandLine | Refusal {
  const options = optionsOf(command)
  const end = args.indexOf('--')
  const { tokens } = parseArgs({
    args: [...(end === -1 ? args : args.slice(0, end))],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value, valueIsOptional, short }]) => [
        name,
        { type: value === undefined || valueIsOptional === true ? 'boolean' : 'string', ...(short && { short }) },
      ]),
    ),
  })
  const operands: string[] = []
  const given = new Map<string, string[]>()
  const isReplaced = tokens.some((token) => token.kind === 'option' && token.name === command.operandReplacedBy)
  const after = end === -1 ? null : args.slice(end + 1)
  const needsOperand = after === null && !isReplaced
  let optional: { name: string; index: number } | undefined
  for (const token of tokens) {
    if (token.kind === 'positional') {
      const follows = optional !== undefined && token.index === optional.index + 1
      const isLast = !tokens.some((other) => other.kind === 'positional' && other.index > token.index)
      if (follows && optional !== undefined && (operands.length > 0 || !isLast || !needsOperand))
        given.set(optional.name, [token.value])
      else operands.push(token.value)
    } else if (token.kind === 'option') {
      const problem = checkOption(token.name, token.rawName, token.value, options, command)
      if (problem !== undefined) return problem
      const known = given.get(token.name) ?? []
      given.set(token.name, [...known, token.value ?? ''])
      if (options[token.name]?.valueIsOptional === true && token.value === undefined) optional = token
    }
  }
  if (command.takesCommand !== true) operands.push(...(after ?? []))
  if (operands.length > command.maxOperands && !given.has('help'))
    return { mistake: `unexpected ${operands.slice(command.maxOperands).map(quoted).join(' ')}` }
  return {
    operands,
    rest: command.takesCommand === true ? after : null,
    has: (name) => given.has(name),
    value: (name) => given.get(name)?.at(-1),
    values: (name) => given.get(name) ?? [],
  }
}

/** `'a b'` as a person would have typed it. */
export function quoted(argument: string): string {
  return /^[\w./:=@%+,-]+$/.test(argument) ? argument : shellWord(argument)
}

function checkOption(
  name: string,
  raw: string,
  value: string | undefined,
  options: Readonly<Record<string, Option>>,
  command: Command,
): Refusal | undefined {
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (option === undefined) {
    const meant = raw.startsWith('--') ? closestName(name, Object.keys(options)) : undefined
    return {
      mistake: `orchestrator ${command.name} has no option ${quoted(raw)}`,
      ...(meant !== undefined && { hint: `did you mean --${meant}?` }),
    }
  }
  if (option.value === undefined) {
    return value === undefined ? undefined : { mistake: `--${name} takes no value` }
  }
  if ((value === undefined || value === '') && option.valueIsOptional !== true)
    return { mistake: `${raw} needs a value: ${raw} ${option.value}` }
  if (value !== undefined && option.choices !== undefined && !option.choices.includes(value)) {
    const meant = closestName(value, option.choices)
    return {
      mistake: `--${name} is one of ${option.choices.join(', ')}, not ${quoted(value)}`,
      ...(meant !== undefined && { hint: `did you mean ${meant}?` }),
    }
  }
  return undefined
}
