/** The files at the root of a repository, as an ecosystem asks for them. */
export interface RootFiles {
  has(name: string): boolean
  /** Any whose name ends so. */
  hasEnding(ending: string): boolean
  /** The text of one; empty where there is none. */
  read(name: string): string
}
