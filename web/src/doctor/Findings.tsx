import { CircleAlert, CircleCheck, Info } from 'lucide-react'
import type { components } from '../contract'
import { useT } from '../lib/i18n'

type Finding = components['schemas']['Finding']

/** What is in the way and what to do about it; that nothing is, where nothing is. */
export function Findings({ findings }: { findings: Finding[] }) {
  const t = useT()
  return (
    <>
      {!findings.some((finding) => finding.is_problem) && (
        <p className="flex gap-2.5 font-medium">
          <CircleCheck size={20} className="mt-px shrink-0 text-accent" aria-hidden />
          {t('doctor.healthy')}
        </p>
      )}
      <ul className="grid gap-3">
        {findings.map((finding) => (
          <FindingItem key={finding.trouble} finding={finding} />
        ))}
      </ul>
    </>
  )
}

function FindingItem({ finding }: { finding: Finding }) {
  const t = useT()
  const Icon = finding.is_problem ? CircleAlert : Info
  return (
    <li className={`flex gap-2.5 rounded-xl p-3 ${finding.is_problem ? 'bg-danger-tint' : 'bg-tint'}`}>
      <Icon
        size={20}
        className={`mt-px shrink-0 ${finding.is_problem ? 'text-danger' : 'text-soft'}`}
        role="img"
        aria-label={t(finding.is_problem ? 'doctor.problem' : 'doctor.note')}
      />
      <div className="min-w-0 break-words">
        <p className="font-medium">{finding.trouble}</p>
        <p className="mt-1 text-sm text-soft">{finding.cure}</p>
      </div>
    </li>
  )
}
