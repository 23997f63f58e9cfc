import { useState } from 'react'
import { StyleSheet, View } from 'react-native'
import { Button } from '../parts/Button'
import { Choices } from '../parts/Choices'
import { Field } from '../parts/Field'
import { FilePicker } from '../parts/FilePicker'
import { Notice } from '../parts/Notice'
import { Recording } from '../parts/Recording'
import { Words } from '../parts/Words'
import type { Picked } from '../pick'
import type { Draft } from '../publish'

interface TrackFormProps {
  readonly problem: unknown
  /** What was not published yet, to begin with. */
  readonly draft: Draft | null
  readonly onPublish: (draft: Draft) => void
}

const genres = ['Electronic', 'Hip-Hop/Rap', 'House', 'Pop', 'Rock', 'Jazz', 'Classical', 'Podcasts']
const visibilities = ['Public', 'Unlisted'] as const

/** What a track needs before it can be uploaded. */
export function TrackForm({ problem, draft, onPublish }: TrackFormProps) {
  const [audio, setAudio] = useState(draft?.audio ?? null)
  const [cover, setCover] = useState(draft?.cover ?? null)
  const [isRecording, setRecording] = useState(false)
  const [title, setTitle] = useState(draft?.title ?? '')
  const [genre, setGenre] = useState(draft?.genre ?? 'Electronic')
  const [visibility, setVisibility] = useState<(typeof visibilities)[number]>(
    draft?.isUnlisted ? 'Unlisted' : 'Public',
  )

  function chooseAudio(file: Picked) {
    setAudio(file)
    if (title === '') setTitle(file.name.replace(/\.\w+$/, '').slice(0, 140))
  }

  function endRecording(file: Picked | null) {
    setRecording(false)
    if (file) chooseAudio(file)
  }

  function publish() {
    if (audio) onPublish({ audio, cover, title: title.trim(), genre, isUnlisted: visibility === 'Unlisted' })
  }

  return (
    <View style={styles.form}>
      {problem !== undefined && <Notice problem={problem} />}
      <FilePicker label="Audio" kind="audio" picked={audio} onPick={chooseAudio} />
      {isRecording ? (
        <Recording onEnd={endRecording} />
      ) : (
        <Button title="Record" label="Record the audio" onPress={() => setRecording(true)} />
      )}
      <FilePicker label="Cover" kind="image" picked={cover} onPick={setCover} />
      <Field label="Title" value={title} onChange={setTitle} maxLength={140} />
      <View style={styles.group}>
        <Words look="heading">Genre</Words>
        <Choices label="Genre" options={genres} chosen={genre} onChoose={setGenre} />
      </View>
      <View style={styles.group}>
        <Words look="heading">Visibility</Words>
        <Choices label="Visibility" options={visibilities} chosen={visibility} onChoose={setVisibility} />
        {visibility === 'Unlisted' && <Words look="quiet">Only people with its link find it.</Words>}
      </View>
      <Button title="Publish" look="primary" isDisabled={!audio || !title.trim()} onPress={publish} />
      {!audio && <Words look="quiet">Choose or record the audio first. The cover can be left out.</Words>}
    </View>
  )
}

const styles = StyleSheet.create({ form: { gap: 20 }, group: { gap: 8 } })
