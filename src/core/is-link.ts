import type { GroupInstance, Instance } from './instance.ts'
import type { LinkRule } from './link.ts'

/** Whether a node is a run of another orchestration, which stands in the `needs` of others. */
export function isLink(node: Instance): node is GroupInstance & { readonly link: LinkRule } {
  return node.kind === 'group' && node.link !== undefined
}
