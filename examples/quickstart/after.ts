export async function findUser(db: Database, name: string): Promise<User> {
  const rows = await db.query(`select * from users where name = '${name}'`)
  return rows[0]
}

export function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value) / values.length
}
