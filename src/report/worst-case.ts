import type { Budget, GroupInstance, ProcessInstance } from '../core/instance.ts'

/**
 * What a plan may spend by its budgets, null where none holds it. An estimate: what is in flight when a budget is used up comes on top, and a
 * budget holds only what its agents tell.
 */
export interface WorstCase {
  readonly tokens: number | null
  readonly costUsd: number | null
  /** Agent instances that no budget of theirs or of a group around them holds, for either unit. */
  readonly unbounded: readonly string[]
  /** Agent instances that a budget in dollars is set for but cannot hold, because nobody will know what they cost. */
  readonly unpriced: readonly string[]
  /** Processes of agents that may be started in all, with every retry and fallback; null where a matrix is not known yet. */
  readonly agentAttempts: number | null
}

/** A sum on the way up the tree; `uncosted`: agents in it of which nobody will know what they cost. */
interface Subtotal extends WorstCase {
  readonly uncosted: readonly string[]
}

/** A node of the tree of groups. */
interface BudgetedNode {
  readonly id: string
  readonly instance: ProcessInstance | GroupInstance
  readonly children: readonly BudgetedNode[]
  readonly dynamic: boolean
}

/** The sum over the instances, each held by its own budget, each group and the run by theirs. A budget that only warns holds nothing. */
export function worstCase(
  runBudget: Budget | undefined,
  roots: readonly BudgetedNode[],
  unpriced: ReadonlySet<string>,
): WorstCase {
  const sum = sumOf(roots.map((node) => worstOf(node, unpriced)))
  const { unbounded, agentAttempts } = sum
  return { ...held(sum, runBudget), unbounded, agentAttempts }
}

const nothing: Subtotal = { tokens: 0, costUsd: 0, unbounded: [], unpriced: [], agentAttempts: 0, uncosted: [] }

function worstOf(node: BudgetedNode, unpricedIds: ReadonlySet<string>): Subtotal {
  const { instance } = node
  if (instance.kind === 'process') {
    if (instance.pool === 'commands') return nothing
    const attempts = instance.retry.attempts * (1 + instance.fallback.length)
    const uncosted = unpricedIds.has(node.id) ? [node.id] : []
    const own = held({ tokens: null, costUsd: null, unpriced: [], uncosted }, instance.process.budget)
    const bounded = own.tokens !== null || own.costUsd !== null
    return { ...own, unbounded: bounded ? [] : [node.id], agentAttempts: attempts, uncosted }
  }
  const rounds = instance.repeat?.max ?? 1
  const { maxInstances } = instance
  const children = node.children.slice(0, maxInstances)
  const isOneOf = instance.variant !== undefined && instance.variant.by !== 'all'
  const parts = children.map((child) => worstOf(child, unpricedIds))
  const inside = times(isOneOf ? worstPart(parts) : sumOf(parts), rounds * cellsOf(node))
  // How many cells there will be is not known, so neither is their sum, unless they cost nothing.
  const manifold = isOpen(node) && maxInstances === undefined && inside.agentAttempts !== 0
  const { uncosted } = inside
  const sum = manifold ? { ...inside, tokens: null, costUsd: null } : inside
  const limits = held(sum, instance.budget)
  const bounded = holds(instance.budget)
  return {
    ...limits,
    unbounded: bounded ? [] : manifold && inside.unbounded.length === 0 ? [node.id] : inside.unbounded,
    agentAttempts: manifold ? null : inside.agentAttempts,
    uncosted,
  }
}

function sumOf(parts: readonly Subtotal[]): Subtotal {
  return {
    tokens: parts.reduce((sum: number | null, part) => add(sum, part.tokens), 0),
    costUsd: parts.reduce((sum: number | null, part) => add(sum, part.costUsd), 0),
    unbounded: parts.flatMap((part) => part.unbounded),
    agentAttempts: parts.reduce((sum: number | null, part) => add(sum, part.agentAttempts), 0),
    unpriced: parts.flatMap((part) => part.unpriced),
    uncosted: parts.flatMap((part) => part.uncosted),
  }
}

/** The most that any one of them may spend: only one runs. */
function worstPart(parts: readonly Subtotal[]): Subtotal {
  const most = (amounts: readonly (number | null)[]): number | null =>
    amounts.reduce((worst, amount) => (worst === null || amount === null ? null : Math.max(worst, amount)), 0)
  return {
    ...sumOf(parts),
    tokens: most(parts.map(({ tokens }) => tokens)),
    costUsd: most(parts.map(({ costUsd }) => costUsd)),
    agentAttempts: most(parts.map(({ agentAttempts }) => agentAttempts)),
  }
}

/** Whether how many members it has is known only at run time. */
function isOpen({ children, dynamic }: BudgetedNode): boolean {
  return children.some((child) => child.dynamic) && !dynamic
}

/** How many cells each of the children stands for, at most. */
function cellsOf(node: BudgetedNode): number {
  const { instance } = node
  return instance.kind === 'group' && isOpen(node) ? (instance.maxInstances ?? 1) : 1
}

/** The same in every round and cell. */
function times(sum: Subtotal, count: number): Subtotal {
  const each = (amount: number | null): number | null => (amount === null ? null : amount * count)
  const { tokens, costUsd, agentAttempts } = sum
  return { ...sum, tokens: each(tokens), costUsd: each(costUsd), agentAttempts: each(agentAttempts) }
}

function held(
  { tokens, costUsd, unpriced, uncosted }: Pick<Subtotal, 'tokens' | 'costUsd' | 'unpriced' | 'uncosted'>,
  budget: Budget | undefined,
): Pick<WorstCase, 'tokens' | 'costUsd' | 'unpriced'> {
  if (budget === undefined || !holds(budget)) return { tokens, costUsd, unpriced }
  const isVoid = budget.costUsd !== undefined && uncosted.length > 0
  return {
    tokens: least(tokens, budget.tokens),
    costUsd: least(costUsd, isVoid ? undefined : budget.costUsd),
    unpriced: isVoid ? uncosted : unpriced,
  }
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}

function least(a: number | null, b: number | undefined): number | null {
  return b === undefined ? a : a === null ? b : Math.min(a, b)
}

function holds(budget: Budget | undefined): boolean {
  return budget !== undefined && budget.onExceeded !== 'warn'
}
