grep -q fixed src/app.ts
