/** What to say of a file that cannot be had. */
export function describeUnreadable(path: string, why: { readonly problem: string } | undefined): string {
  if (path === '') return 'the path is empty'
  return why === undefined ? `file \`${path}\` not found` : `file \`${path}\` ${why.problem}`
}
