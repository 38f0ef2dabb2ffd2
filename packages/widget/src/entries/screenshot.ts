export { takePicture } from '../screenshot/take-picture.ts'
