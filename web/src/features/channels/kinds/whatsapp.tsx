/** WhatsApp: numbers of the Cloud API. */
import { MessageCircle } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { WhatsAppWizard } from '../connect/whatsapp-wizard'
import { CodesTab } from '../detail/codes-tab'
import { ConnectionTab } from '../detail/connection-tab'
import { GreetingTab } from '../detail/greeting-tab'
import { Overview } from '../detail/overview'
import { ProfileTab } from '../detail/profile-tab'
import { ShopTab } from '../detail/shop-tab'
import type { Kind } from './kind'

export const whatsapp: Kind = {
  name: () => 'WhatsApp',
  icon: MessageCircle,
  parts: [
    { tab: 'overview', name: () => t('Overview'), show: (channel, now) => <Overview channel={channel} now={now} /> },
    { tab: 'profile', name: () => t('Profile'), show: ({ id }) => <ProfileTab channelId={id} /> },
    { tab: 'codes', name: () => t('QR codes'), show: ({ id }) => <CodesTab channelId={id} /> },
    { tab: 'greeting', name: () => t('Greeting'), show: ({ id }) => <GreetingTab channelId={id} /> },
    { tab: 'shop', name: () => t('Shop'), show: (channel) => <ShopTab channel={channel} /> },
    { tab: 'connection', name: () => t('Connection'), show: (channel, now) => <ConnectionTab channel={channel} now={now} /> },
  ],
  connect: {
    title: () => t('Connect a number'),
    about: () => t('A phone number that people write to on WhatsApp.'),
    steps: [() => t('Access'), () => t('Number'), () => t('Done')],
    Wizard: WhatsAppWizard,
  },
}
