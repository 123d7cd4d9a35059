export async function findUser(db: Database, name: string): Promise<User | undefined> {
  const rows = await db.query('select * from users where name = $1', [name])
  return rows[0]
}

export function average(values: number[]): number {
  if (values.length === 0) return 0
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
