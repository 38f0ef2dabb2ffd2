export { connect } from '../panel/more/connect.ts'
