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
      style={{ strokeWidth: size === 48 ? 1 : 1.75 }}
    >
      <ellipse cx="12" cy="12" rx="8.5" ry="6.5" />
      <ellipse cx="12" cy="12" rx="3.5" ry="6.5" />
      <path d="M12 2v3.5M9 5.5h6M9 18.5h6M12 18.5V22" />
    </svg>
  )
}
