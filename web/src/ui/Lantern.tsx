/** The house's own sign: the Lobby's tile, and where nothing is yet. */
export function Lantern({ size = 20, className = '' }: { size?: 20 | 48; className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`lucide ${className}`}
    >
      <path d="M12 2v3M9 5h6M9 19h6M12 19v3M9 5c-3.5 1-5 4-5 7s1.5 6 5 7M15 5c3.5 1 5 4 5 7s-1.5 6-5 7M9.5 5c-1.3 4.5-1.3 9.5 0 14M14.5 5c1.3 4.5 1.3 9.5 0 14" />
    </svg>
  )
}
