"""The words a sketch artist knows: dimension → kind → terms.

A term is one to three words, lower case, singular. `reading` matches whole words, the longest term first, and a matched
term is used up ("watch the" is not a watch). A term may stand in several dimensions: a runner is a person who runs.
"""

SUBJECTS = {
    "sneaker": "sneaker, shoe, trainer, running shoe, footwear, boot, nike, adidas, puma, reebok, "
    "asics, cleat, sandal, heel",
    "perfume": "perfume, fragrance, cologne, eau de parfum, eau de toilette, scent, parfum, aftershave",
    "bottle": "bottle, wine, beer, champagne, whisky, whiskey, vodka, gin, water bottle, juice, "
    "shampoo, serum, lotion, olive oil, kombucha, milk, sauce, vitamin, syrup, sunscreen, "
    "detergent, rum, tequila, lemonade, smoothie, medicine, shower gel",
    "can": "can of, soda, cola, energy drink, soft drink, canned, coke, pepsi, red bull, "
    "seltzer, beverage can, drink can",
    "cup": "coffee, cup, mug, tea, espresso, latte, cappuccino, cocoa, hot chocolate, cafe, "
    "café, matcha, teapot, barista, starbucks",
    "car": "car, electric car, automobile, suv, sedan, truck, tesla, bmw, audi, ferrari, "
    "porsche, vehicle, ev, taxi, pickup, coupe, convertible, van, race car, sports car, "
    "jeep, limousine, rental car, toyota, ford, mercedes, roadster",
    "phone": "phone, smartphone, iphone, app, mobile app, android, phone app, mobile, mobile "
    "phone, messenger, notification, banking app, fitness app, dating app, smart phone, "
    "cell phone, mobile game",
    "watch": "watch, wristwatch, smartwatch, apple watch, rolex, timepiece, chronograph, clock, "
    "smart watch, fitness tracker",
    "headphones": "headphone, earphone, earbud, headset, airpod, music player, ear bud, over ear",
    "backpack": "backpack, rucksack, hiking backpack, school bag, knapsack, daypack, luggage, "
    "suitcase, tent, camping gear",
    "handbag": "handbag, bag, purse, tote, clutch, tote bag, leather bag, shopping bag, wallet, gucci, prada",
    "laptop": "laptop, computer, notebook computer, macbook, software, saas, website, platform, "
    "dashboard, web app, monitor, pc, tablet, ipad, online course, startup, code editor, "
    "crm, spreadsheet, desktop, cloud service, ai tool, web shop, television, tv",
    "bicycle": "bicycle, bike, e-bike, ebike, mountain bike, cycling, cyclist, road bike, electric "
    "bike, scooter, motorcycle, motorbike",
    "burger": "burger, hamburger, cheeseburger, sandwich, fast food, fries, restaurant, hot dog, "
    "sub, taco, burrito, steak, food, meal, food delivery, lunch, dinner",
    "pizza": "pizza, pizzeria, margherita, pepperoni, pasta, slice, pie",
    "ice cream": "ice cream, gelato, sundae, frozen yogurt, sorbet, popsicle, icecream, dessert, cupcake",
    "plant": "plant, houseplant, flower, flowerpot, bouquet, succulent, monstera, gardening, seed, "
    "herb, rose, tulip, fertilizer",
    "lamp": "lamp, light bulb, lantern, desk lamp, chandelier, lightbulb, floor lamp, smart light, led light",
    "book": "book, novel, magazine, ebook, notebook, journal, library, textbook, diary, comic, "
    "author, bookstore",
    "jar": "jar, cream, moisturizer, skincare, cosmetic, face cream, honey, jam, candle, makeup, "
    "lipstick, mascara, balm, peanut butter, skin care, beauty product, supplement, "
    "foundation cream, salve, yogurt",
    "glasses": "sunglasses, glasses, eyewear, spectacle, goggles, shades, ray-ban, vr headset, eyeglasses",
    "camera": "camera body, mirrorless, dslr, camcorder, polaroid, leica, gopro, action camera, "
    "photo camera, instant camera, vintage camera, digital camera, new camera",
    "speaker": "speaker, smart speaker, bluetooth speaker, soundbar, loudspeaker, subwoofer, "
    "turntable, radio, amplifier, podcast",
    "shirt": "shirt, t-shirt, tshirt, tee, hoodie, jacket, sweater, jersey, coat, dress, clothing, "
    "apparel, garment, fashion brand, jeans, sportswear, activewear, streetwear, uniform, "
    "denim",
    "ring": "ring, diamond, jewelry, jewellery, necklace, engagement ring, earring, bracelet, "
    "gold ring, gemstone, wedding ring",
    "chair": "chair, armchair, sofa, couch, furniture, office chair, mattress, ikea, bed, "
    "recliner, desk chair",
    "house": "house, real estate, home, apartment, villa, mortgage, hotel, cottage, airbnb, "
    "realtor, solar panel, resort, property",
    "card": "credit card, card, bank, debit card, payment, insurance, visa, mastercard, loyalty "
    "card, gift card, fintech, ticket",
    "guitar": "guitar, ukulele, bass guitar, violin, cello, acoustic guitar, electric guitar",
    "ball": "football, soccer ball, basketball, ball, volleyball, tennis ball, soccer, baseball, rugby",
    "box": "box, package, parcel, gift, present, delivery, subscription box, toy, cereal, "
    "chocolate, product, product box, gadget, device, snack, board game, lego, pet food, "
    "dog food, cat food, toothpaste, soap, packaging",
}

IF_SOLD = {
    "camera": "camera",
    "can": "can",
    "light": "lamp",
    "running": "sneaker",
    "case": "box",
    "oil": "bottle",
}
"""Words that name a subject only where a product is named: any script speaks of its camera."""

PEOPLE = {
    "run": "run, runner, running, runs, sprint, sprinter, sprinting, jog, jogger, jogging, "
    "marathon, athlete, race, racing, chase, running shoe, cyclist, footballer",
    "walk": "walk, walker, walking, stroll, strolling, wander, hike, hiker, hiking, step, "
    "stepping, pedestrian, commuter, traveler, traveller, explorer, trek, trekking, "
    "hiking backpack, backpacker, commute",
    "sit": "sit, sitting, seated, sits, reading, relax, relaxing, desk worker, working at, "
    "meditate, meditating, resting, student, programmer, developer, colleague",
    "dance": "dance, dancer, dancing, dances, groove, grooving, dj, twirl, spin around, headbang, party",
    "cheer": "celebrate, celebrating, cheer, cheering, arms raised, raises arms, arms wide, hands "
    "up, triumph, victory, jump, jumping, leap, leaping, jumps, leaps, crowd, fans, fist "
    "pump, high five, winner",
    "hold": "hold, holding, holds, lift, lifting, sip, sipping, sips, drink from, drinks, "
    "drinking, selfie, scroll, scrolling, tap, tapping, swipe, reach, reaching, show, "
    "wearing, wears, unbox, unboxing, customer, barista, chef, smells, spritz, taking a "
    "photo",
    "stand": "person, people, man, woman, men, women, he, she, girl, boy, someone, somebody, "
    "friend, family, mother, father, mom, dad, kid, child, children, model, couple, "
    "human, figure, lady, guy, crew, team, hero, user, they, artist, driver, teenager, "
    "player, doctor, teacher, founder, entrepreneur, actor, actress, king, queen, "
    "soldier, senator, citizen, emperor, president, astronaut",
}

PLACES = {
    "city": "city, street, skyline, downtown, urban, building, skyscraper, rooftop, sidewalk, "
    "alley, manhattan, tokyo, new york, london, paris, avenue, crosswalk, asphalt, neon, "
    "traffic, metropolis, subway, city street, bridge, plaza, market, town, rome, senate",
    "sea": "sea, ocean, beach, coast, shore, lake, river, wave, island, harbor, harbour, "
    "seaside, surf, bay, pier, lagoon, waterfall, cliff, boat, pool, tropical, water, "
    "seashore, coastline, underwater",
    "forest": "forest, wood, tree, jungle, woodland, garden, park, grove, pine, rainforest, trail, "
    "moss, leaf, camp, campsite, nature, fern",
    "hills": "hill, mountain, valley, meadow, field, farm, vineyard, countryside, peak, summit, "
    "alps, landscape, cliffside, pasture, canyon, highlands, ridge, wheat, village",
    "desert": "desert, dune, sahara, sand, arid, mesa, cactus, oasis, egypt, pyramid, mars",
    "snow": "snow, snowy, winter, ice, glacier, arctic, ski, skiing, snowboard, iceberg, frozen "
    "lake, christmas, antarctica, blizzard",
    "interior": "interior, room, living room, bedroom, home interior, apartment interior, indoors, "
    "indoor, loft, lounge, hotel room, library, museum, gallery, shop, store, boutique, "
    "bathroom, hallway, house interior, cozy, fireplace, palace, temple, bar, club",
    "office": "office, workspace, desk, meeting, coworking, boardroom, conference, classroom, "
    "startup office, workplace, school, university",
    "kitchen": "kitchen, counter, countertop, cafe, café, dining, restaurant, bakery, table, "
    "breakfast, coffee shop, kitchen table, diner, dining table, coffeehouse, bistro, "
    "pizzeria",
    "studio": "studio, backdrop, white background, black background, seamless, pedestal, podium, "
    "plain background, product shot, cyclorama, plinth, spotlight, limbo, empty "
    "background, minimalist set, dark background, infinite background",
    "stadium": "stadium, track, running track, arena, race track, gym, court, pitch, football field, "
    "basketball court, locker room, playing field, olympic, gymnasium, racetrack",
    "road": "road, highway, mountain road, freeway, motorway, country road, winding road, coastal "
    "road, route, open road, desert road, serpentine, forest road",
    "space": "space, outer space, galaxy, planet, orbit of, cosmos, cosmic, moon surface, "
    "universe, nebula, starship, astronaut, rocket, zero gravity, milky way",
}

TIMES = {
    "dawn": "dawn, sunrise, morning, daybreak, early morning, first light, breakfast, morning "
    "light, wake, fresh, misty",
    "day": "day, noon, midday, daylight, sunny, afternoon, bright, sunlight, blue sky, sunshine, "
    "daytime, high key, overcast, summer, airy, bright light, sunlit, clear sky",
    "dusk": "dusk, sunset, evening, golden hour, twilight, blue hour, sundown, golden, warm "
    "light, nightfall, autumn, magic hour",
    "night": "night, midnight, neon, moonlight, moon, moonlit, nocturnal, nighttime, star, starry, "
    "city lights, dark, after dark, nightclub, candlelight, candlelit, late night, low "
    "key",
}

MOODS = {
    "energetic": "energetic, energy, dynamic, fast, power, powerful, action, sport, sporty, bold, "
    "adrenaline, intense, explosive, speed, athletic, vibrant, high energy, run, running, "
    "race, hip hop, electric, fierce, unstoppable, thrilling, driving, techno",
    "luxury": "luxury, luxurious, elegant, premium, opulent, sophisticated, glamour, glamorous, "
    "exclusive, refined, velvet, haute couture, gold, golden, sensual, perfume, timeless, "
    "jewel, diamond, seductive, lavish",
    "minimalist": "minimalist, minimal, clean, simple, pure, minimalism, sleek, scandinavian, "
    "understated, white space, precise, modern, uncluttered, simplicity, stark",
    "emotional": "emotional, touching, heartfelt, nostalgic, love, family, tender, romantic, memory, "
    "intimate, sentimental, warm, bittersweet, mother, father, grandmother, hope, heart, "
    "moving story, reunion, longing",
    "calm": "calm, peaceful, serene, quiet, relaxing, tranquil, soft, gentle, slow, soothing, "
    "still, meditative, zen, dreamy, cozy, ambient, mellow, contemplative",
    "playful": "playful, fun, funny, quirky, colorful, colourful, whimsical, cheerful, kids, joyful, "
    "cartoon, silly, happy, bouncy, pop, party, friendly, candy, toy, lighthearted",
    "dark": "dark, moody, mysterious, noir, dramatic, horror, gritty, ominous, suspense, tense, "
    "shadow, shadowy, gothic, sinister, brooding, mystery, thriller, scary",
    "uplifting": "uplifting, inspiring, inspirational, optimistic, hopeful, motivational, triumphant, "
    "epic, adventure, adventurous, freedom, positive, bright, fresh, celebrate, "
    "cinematic, heroic, empowering, wonder",
}

SHOTS = {
    "extreme close-up": "extreme close up, extreme closeup, macro, ecu, macro shot, tight detail, detail "
    "shot, texture detail, macro detail, extreme closeup shot",
    "close-up": "close up, closeup, hero shot, product shot, packshot, tight shot, detail, beauty "
    "shot, pack shot, tabletop shot",
    "medium": "medium shot, medium, mid shot, waist up, cowboy shot, over the shoulder, two shot, "
    "medium close up, portrait shot, medium wide, three quarter",
    "wide": "wide shot, wide, establishing shot, establishing, long shot, full shot, panorama, "
    "panoramic, extreme wide, vista, wide angle, landscape shot, extreme wide shot",
    "aerial": "aerial, drone, drone shot, bird's eye, birds eye, aerial shot, helicopter shot, "
    "flyover, high angle",
    "low angle": "low angle, worm's eye, worms eye, from below, looking up, ground level, low angle "
    "shot, hero angle",
    "top down": "top down, overhead, flat lay, flatlay, from above, overhead shot, top shot, top "
    "view, straight down",
}

MOVEMENTS = {
    "push in": "push in, dolly in, zoom in, pushes in, moves in, closing in, slow push, creep in, "
    "push forward, dolly forward, pushing in, track in, slow zoom, moves closer, zooms "
    "in, fly in, slow push in, push, slow dolly in",
    "pull out": "pull out, pull back, dolly out, zoom out, pulls back, pulls out, reveal, pulling "
    "back, moves back, zooms out, dolly back, track out, pull away, backs away",
    "pan left": "pan left, pans left, panning left, whip left, slides left, slide left, moves left",
    "pan right": "pan right, pans right, panning right, pan, whip pan, slides right, slide right, "
    "moves right, pans, panning, slow pan",
    "tilt up": "tilt up, tilts up, tilting up, looks up",
    "tilt down": "tilt down, tilts down, tilting down, looks down, tilt",
    "orbit": "orbit, orbits, orbiting, arc, rotate, rotates, rotating, circle around, revolve, "
    "360, circles, arc shot, turntable shot, arc around, turning around",
    "track": "track, tracking, tracking shot, follow, follows, following, side tracking, gimbal, "
    "steadicam, trucking, dolly, handheld, truck right, truck left, lateral, camera "
    "track, moves with",
    "crane up": "crane up, crane, rises, rising, crane shot, jib up, boom up, ascend, ascends, lifts "
    "off, rise, ascending, pedestal up, fly over",
    "static": "static, locked, still camera, tripod, locked off, no movement, fixed camera, static "
    "shot, fixed, locked camera",
}

IGNORED = (
    "watch the, watch as, watch how, watch her, watch him, watch them, watch it, watch a, in the park "
    "of, by car of, in order, can be, can do, can make, can see, book a, book now, book your, card "
    "game, long run, in the long run, camera body language, light box, home screen, home page, slice of "
    "life, present day, gift of, well being, pan flute, run time, runtime, feel at home, at home, back "
    "home, way home"
)
"""Terms that only look like one of the words above."""

SMALL = (
    "a an the this that these those our your my his her its their for of in on at by with and or to from into over "
    "under as is are was be it new who which where while then up down out off about through near inside one two some "
    "any every each when make show video ad advert commercial spot film lands sits stands drives moves"
)
"""Words that end or begin a product's name."""

COLOURS = {
    "black": "#14151a", "white": "#f5f5f2", "red": "#d7263d", "crimson": "#b3123a",
    "scarlet": "#e0301e", "orange": "#ff7a1a", "amber": "#ffb000", "yellow": "#ffd23f",
    "golden": "#e0a83a", "gold": "#d4a537", "lime": "#a8e10c", "green": "#2e9e5b",
    "emerald": "#0f8a5f", "olive": "#7a7d3a", "mint": "#9fe3c4", "teal": "#0f8b8d",
    "turquoise": "#2ec4b6", "cyan": "#1fc8e3", "blue": "#2667d9", "navy": "#1b2a49",
    "indigo": "#3d348b", "violet": "#7a4de8", "purple": "#7b2cbf", "lavender": "#b8a9e8",
    "magenta": "#d81e8c", "pink": "#ff7fb0", "coral": "#ff6f61", "peach": "#ffc09f",
    "beige": "#e3d5bd", "cream": "#f6ecd2", "ivory": "#f8f3e3", "brown": "#7a4a2b",
    "copper": "#b86b3c", "bronze": "#a9793d", "silver": "#c3c9d0", "grey": "#83888f",
    "gray": "#83888f", "charcoal": "#2c3036", "burgundy": "#6d1a36", "maroon": "#6b1f2a",
}  # fmt: skip
