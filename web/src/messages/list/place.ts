/** Which list a row stands in. */
import { createContext } from 'react'
import type { Place } from '../actions/active'

export const InPlace = createContext<Place>('room')
