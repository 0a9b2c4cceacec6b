/** Short names for what travels on the wire about accounts. */
import type { components } from '../contract'

type Schemas = components['schemas']

export type DeviceCode = Schemas['DeviceCode']
