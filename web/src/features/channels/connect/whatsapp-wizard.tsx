/** Connecting a WhatsApp number: get access, choose the number, see that it works. */
import { useEffect, useState } from 'react'
import type { WizardProps } from '../kinds/kind'
import { AccessStep } from './access-step'
import type { Connected, Found } from './api'
import { DoneStep } from './done-step'
import { NumberStep } from './number-step'

export function WhatsAppWizard({ businesses, businessId, code, onStep }: WizardProps) {
  const [found, setFound] = useState<Found | null>(null)
  const [connected, setConnected] = useState<Connected | null>(null)
  const at = connected !== null ? 2 : found !== null ? 1 : 0
  useEffect(() => onStep(at), [at, onStep])
  if (connected !== null) return <DoneStep connected={connected} />
  if (found === null) return <AccessStep code={code} onFound={setFound} />
  return (
    <NumberStep
      found={found}
      businesses={businesses}
      businessId={businessId}
      onBack={() => setFound(null)}
      onConnected={setConnected}
    />
  )
}
