// A small map of one's own: where places lie on a drawing of so many dots, in the projection that maps on screens have (Web Mercator).

export interface LatLon {
  latitude: number
  longitude: number
}
export interface MapView {
  centre: LatLon
  zoom: number
}
export interface Dot {
  x: number
  y: number
}

const side_of_tile = 256
export const [least_zoom, most_zoom] = [4, 18]
const earth_girth = 40_075_016.7
const radians = Math.PI / 180

function world_of({ latitude, longitude }: LatLon, zoom: number): Dot {
  const side = side_of_tile * 2 ** zoom
  const sine = Math.sin(latitude * radians)
  return { x: (longitude / 360 + 0.5) * side, y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side }
}

const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6

function place_of({ x, y }: Dot, zoom: number): LatLon {
  const side = side_of_tile * 2 ** zoom
  const latitude = (2 * Math.atan(Math.exp((0.5 - y / side) * 2 * Math.PI)) - Math.PI / 2) / radians
  return { latitude: rounded(latitude), longitude: rounded((x / side - 0.5) * 360) }
}

/** From the middle of the drawing, to the right and down. */
export function dot_of(place: LatLon, { centre, zoom }: MapView): Dot {
  const [at, middle] = [world_of(place, zoom), world_of(centre, zoom)]
  return { x: at.x - middle.x, y: at.y - middle.y }
}

export function place_at({ x, y }: Dot, { centre, zoom }: MapView): LatLon {
  const middle = world_of(centre, zoom)
  return place_of({ x: middle.x + x, y: middle.y + y }, zoom)
}

/** What was under the finger follows it. */
export const moved = (view: MapView, { x, y }: Dot): MapView => ({ ...view, centre: place_at({ x: -x, y: -y }, view) })

/** Nearer or farther, with this place staying where it is on the drawing. */
export function zoomed(view: MapView, by: number, around: LatLon = view.centre): MapView {
  const zoom = Math.min(most_zoom, Math.max(least_zoom, view.zoom + by))
  const [was, is] = [dot_of(around, view), dot_of(around, { ...view, zoom })]
  return { zoom, centre: place_at({ x: is.x - was.x, y: is.y - was.y }, { ...view, zoom }) }
}

/** As near as all of them can be seen. */
export function fitting(places: LatLon[], width: number, height: number, nearest = 15): MapView {
  const latitudes = places.map(({ latitude }) => latitude)
  const longitudes = places.map(({ longitude }) => longitude)
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2
  const centre = { latitude: middle(latitudes), longitude: middle(longitudes) }
  const edge = 0.8
  for (let zoom = nearest; zoom > least_zoom; --zoom) {
    const dots = places.map((place) => dot_of(place, { centre, zoom }))
    if (dots.every(({ x, y }) => Math.abs(x) <= (width / 2) * edge && Math.abs(y) <= (height / 2) * edge)) return { centre, zoom }
  }
  return { centre, zoom: least_zoom }
}

export const metres_of_dot = ({ centre, zoom }: MapView) =>
  (earth_girth * Math.cos(centre.latitude * radians)) / (side_of_tile * 2 ** zoom)

/** A round length of one, two or five that is no wider than so many dots. */
export function scale_of(view: MapView, widest: number): { metres: number; dots: number } {
  const most = metres_of_dot(view) * widest
  const ten = 10 ** Math.floor(Math.log10(most))
  const metres = ten * ([5, 2].find((n) => n * ten <= most) ?? 1)
  return { metres, dots: metres / metres_of_dot(view) }
}

export const length_words = (metres: number) => (metres >= 1000 ? `${metres / 1000} km` : `${metres} m`)
