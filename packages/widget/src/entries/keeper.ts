export { connect } from '../core/keeper/connect.ts'
