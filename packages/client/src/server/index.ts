export { type TokenResponse, tokenDetails } from '../rooms/auth.ts'
export { ValidationError } from '../rooms/errors.ts'
export { generateTokenResponse, Tokens, type TokenTerms } from './tokens.ts'
