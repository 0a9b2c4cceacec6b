import { useAccount } from './store'

/** For password managers, which file a password under the name beside it. */
export function OwnName() {
  const name = useAccount((state) => state.user?.username ?? '')
  return <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
}
